/**
 * Tills and other replicators of a shop, as the checkpoints show them that they leave in {@code _local} documents: how far
 * each is and when it last moved. It must not know what follows from that for a shop's health.
 */
package io.shopsync.orchestrator.sync.device;
