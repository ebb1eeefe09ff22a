package io.shopsync.provisioning.credential;

import io.shopsync.contracts.shop.LoginKey;

/**
 * A CouchDB login with its password.
 *
 * @param login the user name in CouchDB
 * @param kind what the login is for
 * @param password shown as redacted unless it is asked to reveal itself
 */
public record Credential(String login, LoginKey.Kind kind, Password password) {}
