package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.Collection;
import java.util.List;

/** {@code _bulk_get}: many revisions of many documents, as replicators fetch them. */
public final class BulkGetResource {
    private static final List<String> REFUSED = List.of("open_revs", "new_edits", "w", "rev", "atts_since");

    private BulkGetResource() {}

    public static void register(Router router) {
        router.database("POST", "_bulk_get", BulkGetResource::read);
    }

    private static Response read(Request request, Database database) {
        JsonNode docs = request.jsonObject().path("docs");
        if (docs.isMissingNode()) {
            throw CouchError.badRequest("Missing JSON list of 'docs'.");
        }
        for (String name : REFUSED) {
            if (request.query(name).isPresent()) {
                throw CouchError.badRequest("\"" + name + "\" query parameter is not acceptable");
            }
        }
        if (!docs.isArray()) {
            throw CouchError.badRequest("`docs` must be an array.");
        }
        DocumentQuery query = DocumentQuery.parse(request, database);
        return Response.stream(200, sink -> {
            sink.write("{\"results\":[");
            boolean first = true;
            for (JsonNode asked : docs) {
                if (!first) {
                    sink.write(",");
                }
                first = false;
                result(asked, database, query, sink);
            }
            sink.write("]}\n");
        });
    }

    private static void result(JsonNode asked, Database database, DocumentQuery query, Sink sink) {
        JsonNode id = asked.path("id");
        sink.write("{\"id\":" + (id.isMissingNode() ? "null" : id) + ",\"docs\":[");
        try {
            if (!asked.isObject()) {
                throw CouchError.badRequest("document must be a JSON object");
            }
            if (id.isMissingNode()) {
                throw CouchError.badRequest("document id missed");
            }
            documents(Document.checkId(id), asked, database, query, sink);
        } catch (CouchError e) {
            JsonNode rev = asked.has("rev")
                    ? asked.get("rev")
                    : asked.path("atts_since").path(0);
            sink.write(Json.bytes(error(id, rev.asText(null), e)));
        }
        sink.write("]}");
    }

    private static void documents(String id, JsonNode asked, Database database, DocumentQuery query, Sink sink) {
        View view = view(asked, database, query);
        RevisionTree tree = database.documents().tree(id);
        Collection<Revision> wanted = asked.has("rev")
                ? DocumentQuery.resolve(tree, Revision.parse(asked.path("rev").asText()), query.latest())
                : tree.leaves();
        if (wanted.isEmpty()) {
            sink.write(Json.bytes(error(asked.get("id"), "undefined", CouchError.notFound("missing"))));
        }
        boolean first = true;
        for (Revision revision : wanted) {
            if (!first) {
                sink.write(",");
            }
            first = false;
            var found = database.documents().find(id, revision);
            if (found.isPresent()) {
                sink.write("{\"ok\":");
                sink.write(found.get().toJson(view));
                sink.write("}");
            } else {
                sink.write(Json.bytes(error(asked.get("id"), revision.toString(), CouchError.notFound("missing"))));
            }
        }
    }

    private static View view(JsonNode asked, Database database, DocumentQuery query) {
        View view = query.view().ofRevision();
        if (!asked.has("atts_since") || asked.get("atts_since").isEmpty()) {
            return view;
        }
        List<Revision> known = DocumentQuery.revisions(asked.get("atts_since"));
        return view.with(DocumentQuery.contents(true, known, false, database));
    }

    private static ObjectNode error(JsonNode id, String rev, CouchError error) {
        ObjectNode row = Json.object();
        row.putObject("error")
                .put("rev", rev)
                .put("reason", error.reason())
                .put("error", error.error())
                .set("id", id);
        return row;
    }
}
