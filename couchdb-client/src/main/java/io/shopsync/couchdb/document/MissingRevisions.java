package io.shopsync.couchdb.document;

import java.util.List;

/**
 * What a database lacks of a document.
 *
 * @param missing the revisions asked about that it does not have
 * @param possibleAncestors leaf revisions it has that may be their ancestors
 */
public record MissingRevisions(List<String> missing, List<String> possibleAncestors) {

    public MissingRevisions {
        missing = List.copyOf(missing);
        possibleAncestors = List.copyOf(possibleAncestors);
    }
}
