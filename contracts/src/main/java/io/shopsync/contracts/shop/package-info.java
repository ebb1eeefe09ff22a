/**
 * Lifecycle facts and commands of shops, published by the provisioning-service alone. They must not know how CouchDB
 * is made to match them.
 */
package io.shopsync.contracts.shop;
