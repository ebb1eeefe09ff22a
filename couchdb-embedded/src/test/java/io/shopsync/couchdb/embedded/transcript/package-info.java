/**
 * Replays recorded conversations with a real CouchDB and says where a server answers differently. Must not know what
 * kind of server it talks to: everything goes over HTTP.
 */
package io.shopsync.couchdb.embedded.transcript;
