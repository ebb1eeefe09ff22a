package io.shopsync.couchdb.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What to read of a document.
 *
 * @param rev a revision; empty for the winning one
 * @param revisions with {@code _revisions}, its ancestry
 * @param conflicts with {@code _conflicts} and {@code _deleted_conflicts}, the other leaves
 * @param attachments with attachments' data rather than stubs
 */
public record GetOptions(Optional<String> rev, boolean revisions, boolean conflicts, boolean attachments) {

    /** The winning revision alone. */
    public static final GetOptions DEFAULT = new GetOptions(Optional.empty(), false, false, false);

    /** This revision rather than the winning one. */
    public GetOptions at(String revision) {
        return new GetOptions(Optional.of(revision), revisions, conflicts, attachments);
    }

    /** With its ancestry. */
    public GetOptions withRevisions() {
        return new GetOptions(rev, true, conflicts, attachments);
    }

    /** With the other leaves' ids. */
    public GetOptions withConflicts() {
        return new GetOptions(rev, revisions, true, attachments);
    }

    /** With attachments' data. */
    public GetOptions withAttachments() {
        return new GetOptions(rev, revisions, conflicts, true);
    }

    /** CouchDB's names of the query parameters that are set. */
    public List<String> flags() {
        var flags = new ArrayList<String>();
        if (revisions) {
            flags.add("revs");
        }
        if (conflicts) {
            flags.add("conflicts");
            flags.add("deleted_conflicts");
        }
        if (attachments) {
            flags.add("attachments");
        }
        return flags;
    }
}
