package io.shopsync.couchdb.document;

/**
 * How to read many revisions.
 *
 * @param revisions with {@code _revisions}, their ancestry
 * @param attachments with attachments' data rather than stubs
 * @param largest the longest document that is kept, in bytes of JSON; longer ones are told of and skipped
 */
public record FetchOptions(boolean revisions, boolean attachments, long largest) {

    /** All that a replica needs, with no limit to a document's size. */
    public static final FetchOptions WHOLE = new FetchOptions(true, true, Integer.MAX_VALUE);

    public FetchOptions {
        if (largest < 1 || largest > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the longest document is between 1 byte and 2 GB");
        }
    }

    /** The same with a limit to a document's size. */
    public FetchOptions atMost(long bytes) {
        return new FetchOptions(revisions, attachments, bytes);
    }
}
