/**
 * The story of one shop: its events as sentences, each with what led to it and how long that took. It must not know
 * how events are stored.
 */
package io.shopsync.audit.timeline;
