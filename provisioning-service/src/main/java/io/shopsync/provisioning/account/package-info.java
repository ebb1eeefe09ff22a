/**
 * Accounts of people and programs, and the tokens they get for them, for where no OIDC provider is at hand. It must not
 * know what a token opens.
 */
package io.shopsync.provisioning.account;
