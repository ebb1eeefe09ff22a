package io.shopsync.orchestrator.replication.protocol;

import io.shopsync.couchdb.document.WriteOutcome.Cause;

/**
 * A revision that was not copied. The run goes on without it and its checkpoint passes over it, so this is the one moment
 * at which it can be kept in mind.
 *
 * @param side the source where it could not be read, the target where it was not taken
 * @param error CouchDB's word
 * @param reason for people; a guard's own text. May hold nothing of the document but what a guard puts into it
 */
public record RefusedDocument(String id, String rev, Side side, Cause cause, String error, String reason) {}
