package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.StoredDocument;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.feed.Sequence;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Range;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.List;
import java.util.Optional;

/** Lists of documents: {@code _all_docs}, {@code _design_docs}, {@code _local_docs}. */
public final class AllDocsResource {
    private static final String FIRST_DESIGN = "_design/";
    private static final String LAST_DESIGN = "_design0";
    private static final String UNKNOWN = "null";

    private final Database database;
    private final RangeQuery query;
    private final boolean designs;
    private final View view;
    private long skip;
    private long left;

    private AllDocsResource(Database database, RangeQuery query, boolean designs) {
        this.database = database;
        this.query = query;
        this.designs = designs;
        view = View.of(query.conflicts(), DocumentQuery.contents(query.attachments(), null, false, database));
        skip = query.skip();
        left = query.limit();
    }

    public static void register(Router router) {
        for (String list : List.of("_all_docs", "_design_docs", "_local_docs")) {
            router.database("GET", list, AllDocsResource::list).database("POST", list, AllDocsResource::list);
        }
    }

    private static Response list(Request request, Database database) {
        String list = request.path().get(1);
        boolean several = request.path().size() == 3 && request.path().get(2).equals("queries");
        if (!several) {
            RangeQuery query = RangeQuery.parse(request);
            return Response.stream(200, sink -> write(list, query, database, sink));
        }
        if (request.method().equals("GET")) {
            throw CouchError.notAllowed("POST");
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
                write(list, queries.get(i), database, sink);
            }
            sink.write("\r\n]}");
        });
    }

    private static void write(String list, RangeQuery query, Database database, Sink sink) {
        if (list.equals("_local_docs")) {
            new LocalList(database, query).write(sink);
        } else {
            new AllDocsResource(database, query, list.equals("_design_docs")).write(sink);
        }
    }

    private void write(Sink sink) {
        long total = designs
                ? database.documents().countBefore(LAST_DESIGN)
                        - database.documents().countBefore(FIRST_DESIGN)
                : database.documents().count();
        String offset = query.keys() != null ? UNKNOWN : Long.toString(offset());
        Rows rows = new Rows(sink);
        rows.begin(
                Long.toString(total),
                offset,
                query.updateSeq() ? Sequence.format(database, database.updateSequence()) : null);
        if (query.keys() == null) {
            range(rows);
        } else {
            keys(rows);
        }
        rows.end();
    }

    private long offset() {
        long all = database.documents().count();
        if (query.start() == null) {
            return Math.min(skip, all);
        }
        long before = query.descending()
                ? all - database.documents().countBefore(query.start() + '\0')
                : database.documents().countBefore(query.start())
                        - (designs ? database.documents().countBefore(FIRST_DESIGN) : 0);
        return Math.min(before + skip, all);
    }

    private void range(Rows rows) {
        String lowest = designs && query.lowest() == null ? FIRST_DESIGN : query.lowest();
        String highest = designs && query.highest() == null ? LAST_DESIGN : query.highest();
        if (left == 0) {
            return;
        }
        database.documents().live(new Range(lowest, highest, query.descending()), document -> {
            boolean asked = !query.isExcludedEnd(document.id()) && (!designs || Document.isDesign(document.id()));
            if (asked && skip > 0) {
                skip--;
            } else if (asked) {
                rows.write(row(document));
                left--;
            }
            return left > 0;
        });
    }

    private void keys(Rows rows) {
        List<JsonNode> wanted = (query.descending() ? query.keys().reversed() : query.keys())
                .stream()
                        .filter(key -> !designs || Document.isDesign(key.asText()))
                        .skip(skip)
                        .limit(left)
                        .toList();
        for (JsonNode key : wanted) {
            rows.write(Optional.of(key)
                    .filter(JsonNode::isTextual)
                    .flatMap(id -> database.documents().find(id.textValue()))
                    .map(this::row)
                    .orElseGet(() -> Rows.notFound(key)));
        }
    }

    private byte[] row(StoredDocument document) {
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
