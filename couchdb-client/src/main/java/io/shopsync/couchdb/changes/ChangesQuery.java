package io.shopsync.couchdb.changes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * Which changes to read, and how much of each.
 *
 * @param since the opaque sequence after which to begin; {@link #BEGINNING} or {@link #NOW}
 * @param limit at most so many; 0 reads none and still tells {@code pending}
 * @param allLeaves all leaf revisions of a document rather than the winning one alone ({@code style=all_docs})
 * @param selector only documents that match this Mango selector, looked at by the server
 * @param ids only these documents
 * @param seqInterval a sequence on every n-th row alone, which makes reading twice as fast; 0 for one on each row. Where
 *     {@code limit} is a multiple of it, as it should be, the last row has one
 * @param documents with the winning revision's body
 * @param descending newest first
 */
public record ChangesQuery(
        String since,
        int limit,
        boolean allLeaves,
        Optional<JsonNode> selector,
        Optional<List<String>> ids,
        int seqInterval,
        boolean documents,
        boolean descending) {

    /** Before the first change. */
    public static final String BEGINNING = "0";
    /** After the last change. */
    public static final String NOW = "now";
    /** More than any database holds: without a limit, a continuous feed never ends. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    public ChangesQuery {
        if (limit < 0 || seqInterval < 0) {
            throw new IllegalArgumentException("limit and seqInterval are not negative");
        }
        if (selector.isPresent() && ids.isPresent()) {
            throw new IllegalArgumentException("either a selector or ids");
        }
        ids = ids.map(List::copyOf);
    }

    /** All changes after {@code since}: winning revisions, without bodies. */
    public static ChangesQuery since(String since) {
        return new ChangesQuery(since, UNLIMITED, false, Optional.empty(), Optional.empty(), 0, false, false);
    }

    /** The same from elsewhere: for the next page. */
    public ChangesQuery from(String next) {
        return new ChangesQuery(next, limit, allLeaves, selector, ids, seqInterval, documents, descending);
    }

    /** At most so many. */
    public ChangesQuery limit(int most) {
        return new ChangesQuery(since, most, allLeaves, selector, ids, seqInterval, documents, descending);
    }

    /** All leaf revisions of each document. */
    public ChangesQuery withAllLeaves() {
        return new ChangesQuery(since, limit, true, selector, ids, seqInterval, documents, descending);
    }

    /** Only documents that match. */
    public ChangesQuery matching(JsonNode wanted) {
        return new ChangesQuery(since, limit, allLeaves, Optional.of(wanted), ids, seqInterval, documents, descending);
    }

    /** Only these documents. */
    public ChangesQuery ofDocuments(List<String> wanted) {
        return new ChangesQuery(
                since, limit, allLeaves, selector, Optional.of(wanted), seqInterval, documents, descending);
    }

    /** A sequence on every n-th row alone. */
    public ChangesQuery seqInterval(int rows) {
        return new ChangesQuery(since, limit, allLeaves, selector, ids, rows, documents, descending);
    }

    /** With the winning revision's body. */
    public ChangesQuery withDocuments() {
        return new ChangesQuery(since, limit, allLeaves, selector, ids, seqInterval, true, descending);
    }

    /** Newest first. */
    public ChangesQuery newestFirst() {
        return new ChangesQuery(since, limit, allLeaves, selector, ids, seqInterval, documents, true);
    }
}
