/**
 * A CouchDB in this JVM, to try and to test with: starts, stops and breaks it on demand. Puts the parts together and
 * holds no rule of CouchDB's itself.
 */
package io.shopsync.couchdb.embedded;
