/**
 * The {@code Idempotency-Key} header: a request that is sent twice under one key is carried out once. It must not know
 * what requests there are.
 */
package io.shopsync.provisioning.idempotency;
