/**
 * Shops: signup, the registry, their status as the {@code sync-events} tell it, and its progress live. It must not know
 * how a shop is made in CouchDB, nor which commands there are.
 */
package io.shopsync.provisioning.shop;
