/**
 * Keeps secrets that must be read back: AES-256-GCM under a ring of keys from the configuration. It must not know what
 * the secrets are for, nor where the keys are configured.
 */
package io.shopsync.platform.sealing;
