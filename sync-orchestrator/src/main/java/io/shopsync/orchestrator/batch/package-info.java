/**
 * Group commit for calls of any kind: what many threads ask for at the same time travels as one. It must not know what
 * the calls do.
 */
package io.shopsync.orchestrator.batch;
