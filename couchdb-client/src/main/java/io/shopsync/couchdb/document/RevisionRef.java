package io.shopsync.couchdb.document;

import java.util.List;

/**
 * A revision to read.
 *
 * @param rev empty for all leaves
 * @param attachmentsSince revisions the reader has already: attachments that one of them had come as stubs, without data
 */
public record RevisionRef(String id, String rev, List<String> attachmentsSince) {

    public RevisionRef {
        attachmentsSince = List.copyOf(attachmentsSince);
    }

    /** A revision with all its attachments. */
    public RevisionRef(String id, String rev) {
        this(id, rev, List.of());
    }

    /** All leaf revisions of a document, deleted ones among them. */
    public static RevisionRef allLeaves(String id) {
        return new RevisionRef(id, "");
    }

    /** The same with all its attachments. */
    public RevisionRef whole() {
        return new RevisionRef(id, rev);
    }
}
