/**
 * The rules by which a shop's sync is OK, lagging, stalled or failing: pure functions of symptoms, thresholds and time. They
 * must not know databases, devices, CouchDB or Postgres.
 */
package io.shopsync.orchestrator.sync.health;
