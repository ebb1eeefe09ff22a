/**
 * How fast a shop's documents come to the standby, beside CouchDB's own replicator on the same servers. It must not know
 * how the orchestrator replicates.
 */
package io.shopsync.bench.replicate;
