package io.shopsync.couchdb.embedded.query;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.document.StoredDocument.Contents;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Range;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * {@code POST /{db}/_find}, always by a scan in order of id: there are no indexes, and CouchDB's answers to queries
 * without one are given, warnings included.
 */
public final class Find {
    private static final String NO_INDEX = "No matching index found, create an index to optimize query time.";
    private static final String MANY_READ = "The number of documents examined is high in proportion to the number of"
            + " results returned. Consider adding a more specific index to improve this.";

    private final Config config;

    public Find(Config config) {
        this.config = config;
    }

    public void register(Router router) {
        router.database("POST", "_find", this::find);
    }

    private Response find(Request request, Database database) {
        var query = FindRequest.parse(request.jsonObject(), config.number("mango", "default_limit", 25));
        requireUsable(query);
        if (query.selector().asksNothing()) {
            return Response.json(200, Json.object().set("docs", Json.array()));
        }
        var scan = new Scan(query);
        long started = System.nanoTime();
        var view = View.of(query.conflicts(), Contents.NONE);
        database.documents().live(range(query), document -> scan.visit(document.toNode(view)));
        var answer = Json.object();
        answer.set("docs", scan.found);
        answer.put("bookmark", scan.last == null ? "nil" : bookmark(scan.last));
        if (query.executionStats()) {
            answer.set("execution_stats", scan.stats(System.nanoTime() - started));
        }
        answer.put("warning", String.join("\n", warnings(query, scan)));
        return Response.json(200, answer);
    }

    private static void requireUsable(FindRequest query) {
        if (!query.sort().isEmpty()
                && !(query.sort().equals(List.of("_id")) && query.selector().boundsId())) {
            throw new CouchError(
                    400, "no_usable_index", "No index exists for this sort, try indexing by the sort fields.");
        }
        if (!query.allowFallback()) {
            throw new CouchError(
                    400,
                    "invalid_index",
                    query.index().isEmpty()
                            ? "You must specify an index with the `use_index` parameter."
                            : indexName(query) + " specified by `use_index` could not be found or it is not suitable.");
        }
    }

    private static Range range(FindRequest query) {
        var lowest = query.selector().lowestId();
        var highest = query.selector().highestId();
        if (query.bookmark() != null) {
            var last = idOf(query.bookmark());
            lowest = query.descending() ? lowest : last;
            highest = query.descending() ? last : highest;
        }
        return new Range(lowest, highest, query.descending());
    }

    private List<String> warnings(FindRequest query, Scan scan) {
        var warnings = new ArrayList<String>();
        if (!query.index().isEmpty()) {
            warnings.add(indexName(query)
                    + (query.index().size() == 1
                            ? " was not used because it does not contain a valid index for this query."
                            : " was not used because it is not a valid index for this query."));
        }
        warnings.add(NO_INDEX);
        int threshold = config.number("mango", "index_scan_warning_threshold", 10);
        if (threshold > 0 && scan.examined > (long) threshold * Math.max(1, scan.found.size())) {
            warnings.add(MANY_READ);
        }
        return warnings;
    }

    private static String indexName(FindRequest query) {
        return "_design/" + String.join(", ", query.index()).replaceFirst("^_design/", "");
    }

    private static String bookmark(String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(Json.bytes(Json.array().add(id)));
    }

    private static String idOf(String bookmark) {
        try {
            var decoded = new String(Base64.getUrlDecoder().decode(bookmark), StandardCharsets.UTF_8);
            var id = Json.parse(decoded).path(0);
            if (id.isTextual()) {
                return id.textValue();
            }
        } catch (IllegalArgumentException | CouchError e) {
            // Answered below, as whatever else is no bookmark.
        }
        throw new CouchError(400, "invalid_bookmark", "Invalid bookmark value: \"" + bookmark + "\"");
    }

    /** Reads until one match more than is wanted has been met, as CouchDB does. */
    private static final class Scan {
        private final FindRequest query;
        private final ArrayNode found = Json.array();
        private final String after;
        private long skip;
        private long examined;
        private String last;

        Scan(FindRequest query) {
            this.query = query;
            this.after = query.bookmark() == null ? null : idOf(query.bookmark());
            this.skip = query.skip();
        }

        boolean visit(ObjectNode document) {
            examined++;
            var id = document.get("_id").textValue();
            if (id.startsWith("_design/")
                    || id.equals(after)
                    || !query.selector().matches(document)) {
                return true;
            }
            if (found.size() >= query.limit()) {
                return false;
            }
            last = id;
            if (skip > 0) {
                skip--;
            } else {
                found.add(query.fields().of(document));
            }
            return true;
        }

        ObjectNode stats(long nanos) {
            return Json.object()
                    .put("total_keys_examined", examined)
                    .put("total_docs_examined", query.quorum() > 1 ? 0 : examined)
                    .put("total_quorum_docs_examined", query.quorum() > 1 ? examined : 0)
                    .put("results_returned", found.size())
                    .put("execution_time_ms", TimeUnit.NANOSECONDS.toMicros(nanos) / 1_000.0);
        }
    }
}
