/**
 * When databases are replicated: wake-ups and wishes become due work, and workers do it, a bounded number side by side.
 * It must not know how documents are copied.
 */
package io.shopsync.orchestrator.replication;
