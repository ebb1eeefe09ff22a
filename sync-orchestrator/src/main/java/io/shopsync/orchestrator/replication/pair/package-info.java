/**
 * What is replicated where, one pair a database, target and direction, with how far it came and what stands in its way.
 * It must not know how documents are copied.
 */
package io.shopsync.orchestrator.replication.pair;
