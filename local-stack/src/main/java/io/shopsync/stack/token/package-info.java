/**
 * The key pair and the bearer tokens of one machine, in place of an OpenID Connect provider. It must not know which
 * endpoint wants which role.
 */
package io.shopsync.stack.token;
