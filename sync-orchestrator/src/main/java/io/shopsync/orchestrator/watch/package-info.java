/**
 * Learns which databases have changed, and tells it as wake-ups on the topic {@code database-changes}: one elected
 * reader of {@code _db_updates} for speed, and a sweep of {@code _dbs_info} against stored sequences for truth. It must
 * not know what anybody does about a change.
 */
package io.shopsync.orchestrator.watch;
