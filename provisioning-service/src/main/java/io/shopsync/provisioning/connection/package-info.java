/**
 * What a shop's tills need to connect: address, databases, logins and passwords. It must not know how a password is
 * kept.
 */
package io.shopsync.provisioning.connection;
