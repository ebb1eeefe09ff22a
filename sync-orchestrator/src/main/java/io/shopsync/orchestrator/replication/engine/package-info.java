/**
 * Runs the replication of one pair and keeps account of it: what was copied, what was refused, what failed and when to
 * try again. It must not know where targets come from, nor when a pair is due.
 */
package io.shopsync.orchestrator.replication.engine;
