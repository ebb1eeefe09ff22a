/**
 * Everything ShopSync needs, on one machine and without containers. It must not know what the services do inside:
 * only how they are started, configured and asked for their health.
 */
package io.shopsync.stack;
