/**
 * Who asks: passwords, cookies, tokens, server admins, and the lock-out after failed logins.
 * Knows nothing of what they ask for.
 */
package io.shopsync.couchdb.embedded.auth;
