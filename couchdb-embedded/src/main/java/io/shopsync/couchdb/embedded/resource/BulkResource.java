package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Written;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many documents at once, and what replicators ask: {@code _bulk_docs}, {@code _revs_diff}, {@code _purge}. */
public final class BulkResource {
    private static final int MAX_PURGES = 100;

    private BulkResource() {}

    public static void register(Router router) {
        router.database("POST", "_bulk_docs", BulkResource::write)
                .database("POST", "_revs_diff", BulkResource::difference)
                .database("POST", "_missing_revs", BulkResource::missing)
                .database("POST", "_purge", BulkResource::purge);
    }

    private static Response write(Request request, Database database) {
        ObjectNode body = request.jsonObject();
        JsonNode docs = body.path("docs");
        if (docs.isMissingNode()) {
            throw CouchError.badRequest("POST body must include `docs` parameter.");
        }
        if (!docs.isArray()) {
            throw CouchError.badRequest("`docs` parameter must be an array.");
        }
        JsonNode edits = body.path("new_edits");
        if (!edits.isMissingNode() && !edits.isBoolean()) {
            throw CouchError.badRequest("`new_edits` parameter must be a boolean.");
        }
        boolean newEdits = edits.asBoolean(true);
        List<Document> documents = new ArrayList<>(docs.size());
        for (JsonNode json : docs) {
            Document document = Document.parse(json);
            if (!newEdits && document.history().isEmpty()) {
                throw DocumentResource.needsRevision();
            }
            documents.add(document.id().isEmpty() ? document.withId(Uuids.next()) : document);
        }
        ArrayNode rows = Json.array();
        for (Written written : database.write(documents, request.user(), newEdits)) {
            boolean toTell = newEdits || (written != null && written.error() != null);
            if (toTell) {
                rows.add(row(written));
            }
        }
        return Response.json(201, rows);
    }

    private static ObjectNode row(Written written) {
        ObjectNode row = Json.object();
        if (written.error() == null) {
            row.put("ok", true);
        }
        row.put("id", written.id());
        if (written.revision() != null) {
            row.put("rev", written.revision().toString());
        }
        if (written.error() != null) {
            row.setAll(written.error().toJson());
        }
        return row;
    }

    private static Response difference(Request request, Database database) {
        ObjectNode answer = Json.object();
        asked(request).forEach((id, revisions) -> {
            RevisionTree tree = database.documents().tree(id);
            List<Revision> missing = tree.missing(revisions);
            if (!missing.isEmpty()) {
                ObjectNode row = answer.putObject(id);
                missing.forEach(revision -> row.withArrayProperty("missing").add(revision.toString()));
                tree.possibleAncestors(missing)
                        .forEach(leaf ->
                                row.withArrayProperty("possible_ancestors").add(leaf.toString()));
            }
        });
        return Response.json(200, answer);
    }

    private static Response missing(Request request, Database database) {
        ObjectNode answer = Json.object();
        ObjectNode rows = answer.putObject("missing_revs");
        asked(request)
                .forEach((id, revisions) -> database.documents()
                        .tree(id)
                        .missing(revisions)
                        .forEach(revision -> rows.withArrayProperty(id).add(revision.toString())));
        return Response.json(200, answer);
    }

    private static Map<String, List<Revision>> asked(Request request) {
        Map<String, List<Revision>> asked = new LinkedHashMap<>();
        request.jsonObject()
                .properties()
                .forEach(member -> asked.put(member.getKey(), DocumentQuery.revisions(member.getValue())));
        return asked;
    }

    private static Response purge(Request request, Database database) {
        Map<String, List<Revision>> wanted = asked(request);
        if (wanted.size() > MAX_PURGES) {
            throw CouchError.badRequest("Exceeded maximum number of documents.");
        }
        ObjectNode answer = Json.object().putNull("purge_seq");
        ObjectNode purged = answer.putObject("purged");
        database.purge(wanted).forEach((id, revisions) -> {
            ArrayNode gone = purged.putArray(id);
            revisions.forEach(revision -> gone.add(revision.toString()));
        });
        return Response.json(201, answer);
    }
}
