/**
 * Who asks, as every other part is told. It must not know how they were recognised.
 */
package io.shopsync.couchdb.embedded.identity;
