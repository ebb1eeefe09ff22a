/**
 * How events leave and enter a service exactly once: the outbox and its relay, the inbox, and the codec between
 * {@link io.shopsync.contracts.Envelope} and CloudEvents. It must not know what any event means.
 */
package io.shopsync.eventing;
