package io.shopsync.couchdb.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A Mango query.
 *
 * @param fields what to return of each document; empty for all
 * @param bookmark where the page before ended; empty for the first
 * @param conflicts with {@code _conflicts}
 */
public record FindQuery(
        JsonNode selector, Optional<List<String>> fields, int limit, Optional<String> bookmark, boolean conflicts) {

    /** Whole documents, from the first. */
    public static FindQuery of(JsonNode selector, int limit) {
        return new FindQuery(selector, Optional.empty(), limit, Optional.empty(), false);
    }

    /** Only these fields of each document. */
    public FindQuery fields(String... wanted) {
        return new FindQuery(selector, Optional.of(List.of(wanted)), limit, bookmark, conflicts);
    }

    /** The page after the one that gave {@code bookmark}. */
    public FindQuery after(String end) {
        return new FindQuery(selector, fields, limit, Optional.of(end), conflicts);
    }
}
