package io.shopsync.couchdb.document;

/** What {@code _bulk_get} answered for a revision. */
public sealed interface FetchedRevision {

    /** The document's id. */
    String id();

    /** The revision; of one that is unavailable the one asked for, empty where the server does not repeat it. */
    String rev();

    /** The document, with {@code _revisions} and attachments where they were asked for, in its own bytes. */
    record Found(String id, String rev, RawJson document) implements FetchedRevision {}

    /**
     * It could not be read: purged or compacted away since, or the server failed on it.
     */
    record Unavailable(String id, String rev, String error, String reason) implements FetchedRevision {

        /** Whether the revision is gone, as against a failure to read it. */
        public boolean gone() {
            return "not_found".equals(error);
        }
    }

    /**
     * It is larger than the reader takes, and was skipped without being kept in memory.
     *
     * @param bytes its size as JSON
     */
    record Oversized(String id, String rev, long bytes) implements FetchedRevision {}
}
