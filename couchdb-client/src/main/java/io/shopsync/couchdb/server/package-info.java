/** What a CouchDB server says of itself and of what it is doing. It must not know how requests are sent. */
package io.shopsync.couchdb.server;
