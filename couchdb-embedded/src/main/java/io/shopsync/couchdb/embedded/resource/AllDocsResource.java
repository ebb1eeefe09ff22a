package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.StoredDocument;
import io.shopsync.couchdb.embedded.document.StoredDocument.Contents;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.feed.Sequence;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Routes;
import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Range;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** Lists of documents: {@code _all_docs}, {@code _design_docs}, {@code _local_docs}. */
public final class AllDocsResource {
    private static final String FIRST_DESIGN = "_design/";
    private static final String LAST_DESIGN = "_design0";
    private static final String UNKNOWN = "null";

    private AllDocsResource() {}

    public static void register(Routes routes) {
        for (String list : List.of("_all_docs", "_design_docs", "_local_docs")) {
            routes.database("GET", list, AllDocsResource::list).database("POST", list, AllDocsResource::list);
        }
    }

    private static Response list(Request request, Database database) {
        String list = request.path().get(1);
        boolean several = request.path().size() == 3 && request.path().get(2).equals("queries");
        if (!several) {
            RangeQuery query = RangeQuery.parse(request);
            return Response.stream(200, sink -> write(list, query, database, sink, query.keys() != null));
        }
        JsonNode wanted = request.jsonObject().path("queries");
        if (wanted.isMissingNode()) {
            throw CouchError.badRequest("POST body must include `queries` parameter.");
        }
        if (!wanted.isArray()) {
            throw CouchError.badRequest("`queries` member must be an array.");
        }
        List<RangeQuery> queries = wanted.valueStream().map(RangeQuery::parse).toList();
        return Response.stream(200, sink -> {
            sink.write("{\"results\":[");
            for (int i = 0; i < queries.size(); i++) {
                sink.write(i == 0 ? "\r\n" : ",\r\n");
                // CouchDB tells the offset here even of keys.
                write(list, queries.get(i), database, sink, false);
            }
            sink.write("\r\n]}");
        });
    }

    private static void write(String list, RangeQuery query, Database database, Sink sink, boolean noOffset)
            throws InterruptedException {
        if (list.equals("_local_docs")) {
            new LocalList(database, query).write(sink);
            return;
        }
        boolean designs = list.equals("_design_docs");
        long total = designs
                ? database.countBefore(LAST_DESIGN) - database.countBefore(FIRST_DESIGN)
                : database.documentCount();
        List<byte[]> rows = query.keys() == null ? range(query, database, designs) : keys(query, database, designs);
        String offset = noOffset ? UNKNOWN : Long.toString(offset(query, database, designs));
        Rows.begin(sink, Long.toString(total), offset, query.updateSeq() ? updateSeq(database) : null);
        Rows.write(sink, rows);
    }

    private static String updateSeq(Database database) {
        return Sequence.format(database, database.updateSequence());
    }

    private static long offset(RangeQuery query, Database database, boolean designs) {
        if (query.keys() != null) {
            return query.keys().isEmpty()
                    ? 0
                    : database.countBefore(query.keys().getFirst());
        }
        if (query.start() == null) {
            return Math.min(query.skip(), database.documentCount());
        }
        long base = designs ? database.countBefore(FIRST_DESIGN) : 0;
        long before = query.descending()
                ? database.documentCount() - database.countBefore(query.start() + '\0')
                : database.countBefore(query.start()) - base;
        return Math.min(before + query.skip(), database.documentCount());
    }

    private static List<byte[]> range(RangeQuery query, Database database, boolean designs) {
        String lowest = designs && query.lowest() == null ? FIRST_DESIGN : query.lowest();
        String highest = designs && query.highest() == null ? LAST_DESIGN : query.highest();
        List<byte[]> rows = new ArrayList<>();
        long[] skipped = {0};
        View view = view(query, database);
        database.live(new Range(lowest, highest, query.descending(), false), document -> {
            if (query.isExcludedEnd(document.id()) || (designs && !Document.isDesign(document.id()))) {
                return true;
            }
            if (skipped[0] < query.skip()) {
                skipped[0]++;
                return true;
            }
            if (rows.size() < query.limit()) {
                rows.add(row(document, query, view));
            }
            return rows.size() < query.limit();
        });
        return rows;
    }

    private static List<byte[]> keys(RangeQuery query, Database database, boolean designs) {
        View view = view(query, database);
        List<String> wanted = query.descending() ? query.keys().reversed() : query.keys();
        return wanted.stream()
                .skip(query.skip())
                .limit(query.limit())
                .map(id -> database.find(id)
                        .filter(document -> !designs || Document.isDesign(id))
                        .map(document -> row(document, query, view))
                        .orElseGet(() -> Json.bytes(Json.object().put("key", id).put("error", "not_found"))))
                .toList();
    }

    private static View view(RangeQuery query, Database database) {
        Contents contents = new Contents(attachment -> query.attachments(), database::content, false);
        return new View(false, false, query.conflicts(), false, false, contents);
    }

    private static byte[] row(StoredDocument document, RangeQuery query, View view) {
        ObjectNode row = Json.object().put("id", document.id()).put("key", document.id());
        ObjectNode value = row.putObject("value").put("rev", document.revision().toString());
        if (document.deleted()) {
            value.put("deleted", true);
        }
        if (!query.includeDocs()) {
            return Json.bytes(row);
        }
        return Rows.append(row, "doc", document.deleted() ? Rows.NULL : document.toJson(view));
    }
}
