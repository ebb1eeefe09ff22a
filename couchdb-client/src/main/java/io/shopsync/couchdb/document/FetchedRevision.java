package io.shopsync.couchdb.document;

/** What {@code _bulk_get} answered for a revision. */
public sealed interface FetchedRevision {

    /** The document's id. */
    String id();

    /** The document, with {@code _revisions} and attachments where they were asked for, in its own bytes. */
    record Found(String id, RawJson document) implements FetchedRevision {}

    /**
     * It could not be read: purged or compacted away since, or the server failed on it.
     *
     * @param rev the revision asked for; {@code undefined} where none was
     */
    record Unavailable(String id, String rev, String error, String reason) implements FetchedRevision {}

    /**
     * It is larger than the reader takes, and was skipped without being kept in memory.
     *
     * @param bytes its size as JSON
     */
    record Oversized(String id, long bytes) implements FetchedRevision {}
}
