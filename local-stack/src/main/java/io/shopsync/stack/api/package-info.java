/**
 * ShopSync's API as any program outside sees it: HTTP, JSON and a token. It must not know any class of the services.
 */
package io.shopsync.stack.api;
