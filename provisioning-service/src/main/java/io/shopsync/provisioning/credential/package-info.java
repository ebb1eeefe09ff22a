/**
 * The passwords of shops' CouchDB logins: made here, kept sealed, handed out as derived keys. It must not know what a
 * shop's state is, nor who may see a password.
 */
package io.shopsync.provisioning.credential;
