/**
 * The ring of keys under which this service keeps secrets, from its configuration. It must not know what the secrets are
 * for.
 */
package io.shopsync.provisioning.sealing;
