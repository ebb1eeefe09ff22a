/** Logins as CouchDB's {@code _users} database keeps them. It must not know what the logins are for. */
package io.shopsync.couchdb.user;
