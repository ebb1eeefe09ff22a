/**
 * The CouchDB replication protocol for one source and one target database: what has changed since the last checkpoint is
 * copied with all its leaf revisions and attachments, and both databases remember how far it came. It must not know
 * shops, schedules, a framework or the time of day.
 *
 * <p>A {@link io.shopsync.orchestrator.replication.protocol.Replication} says what is copied where; a
 * {@link io.shopsync.orchestrator.replication.protocol.ReplicationRun} does it once, up to now, on the calling (virtual)
 * thread, can be cancelled from any other, and ends in a
 * {@link io.shopsync.orchestrator.replication.protocol.ReplicationResult}. When to run again is for the caller to decide:
 * the result says whether there is more to come and whether a failure may pass. Documents that the target refuses are
 * told to the {@link io.shopsync.orchestrator.replication.protocol.ReplicationListener} before a checkpoint passes over
 * them; {@link io.shopsync.orchestrator.replication.protocol.DocumentCopy} tries them again by name.
 *
 * <p>The rules of checkpoints are those of CouchDB and PouchDB (see
 * {@link io.shopsync.orchestrator.replication.protocol.ReplicationLog}), so that whatever reads theirs reads ours.
 */
package io.shopsync.orchestrator.replication.protocol;
