/**
 * The engine that leaves the copying to CouchDB's own replicator: a job's document for each pair, kept as it should be,
 * and what the scheduler says of it, judged. It must not know where targets come from, nor when a pair is due.
 */
package io.shopsync.orchestrator.replication.jobs;
