package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.History;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import io.shopsync.couchdb.embedded.document.StoredDocument;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import io.shopsync.couchdb.embedded.wire.Urls;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One document: {@code /{db}/{id}}, {@code /{db}/_design/{name}}, {@code /{db}/_local/{name}}. */
public final class DocumentResource {
    private static final Set<String> HANDLERS =
            Set.of("_view", "_show", "_list", "_update", "_rewrite", "_info", "_search", "_nouveau");

    private final Databases databases;

    private DocumentResource(Databases databases) {
        this.databases = databases;
    }

    public static void register(Router router, Databases databases) {
        DocumentResource resource = new DocumentResource(databases);
        router.databaseItself("POST", resource::create).documents(resource::route);
    }

    private Response route(Request request, Database database) {
        List<String> path = request.path();
        String first = path.get(1);
        if (first.equals("_local") && path.size() != 3) {
            throw CouchError.badRequest(
                    path.size() < 3 ? "Invalid _local document id." : "_local documents do not accept attachments.");
        }
        if (first.startsWith("_design/") && request.method().equals("GET")) {
            return Response.empty(301)
                    .header("Location", request.base() + request.target().replaceFirst("(?i)_design%2F", "_design/"));
        }
        boolean prefixed = path.size() > 2 && (first.equals("_design") || first.equals("_local"));
        String id = prefixed ? first + "/" + path.get(2) : first;
        int consumed = prefixed ? 3 : 2;
        if (path.size() == consumed) {
            return one(request, database, id);
        }
        if (prefixed && HANDLERS.contains(path.get(3))) {
            throw CouchError.notImplemented("Views, shows, lists and searches");
        }
        return AttachmentResource.handle(request, database, id, String.join("/", path.subList(consumed, path.size())));
    }

    private Response one(Request request, Database database, String id) {
        return switch (request.method()) {
            case "GET" -> Document.isLocal(id) ? local(database, id) : read(request, database, id);
            case "PUT" -> put(request, database, id);
            case "DELETE" -> delete(request, database, id);
            case "COPY" -> copy(request, database, id);
            case "POST" -> throw CouchError.badRequest("Referer header required.");
            default -> throw CouchError.notAllowed("DELETE,GET,HEAD,POST,PUT,COPY");
        };
    }

    private static Response local(Database database, String id) {
        return Response.json(200, database.locals().get(id).orElseThrow(() -> CouchError.notFound("missing")));
    }

    private Response read(Request request, Database database, String id) {
        DocumentQuery query = DocumentQuery.parse(request, database);
        if (query.openRevs() != null) {
            return openRevisions(request, database, id, query);
        }
        boolean winner = query.rev() == null || query.latest();
        StoredDocument document = winner
                ? live(database, id)
                : database.documents().find(id, query.rev()).orElseThrow(() -> CouchError.notFound("missing"));
        View view = winner ? query.view() : query.view().ofRevision();
        Response response = shown(request, database, document, view);
        return document.hasMeta(view)
                ? response
                : response.etag(document.revision().toString());
    }

    private Response shown(Request request, Database database, StoredDocument document, View view) {
        if (databases.isHooked(database)) {
            return Response.json(200, databases.afterRead(database, document.toNode(view), request.user()));
        }
        return Multipart.follows(document, view) && request.accepts("multipart/related")
                ? Multipart.related(document, view)
                : Response.jsonText(200, document.toJson(view));
    }

    /** The winner. @throws CouchError 404 {@code missing} or {@code deleted} */
    static StoredDocument live(Database database, String id) {
        StoredDocument document = database.documents().find(id).orElseThrow(() -> CouchError.notFound("missing"));
        if (document.deleted()) {
            throw CouchError.notFound("deleted");
        }
        return document;
    }

    private Response openRevisions(Request request, Database database, String id, DocumentQuery query) {
        RevisionTree tree = database.documents().tree(id);
        boolean all = query.openRevs().isEmpty();
        if (all && tree.isEmpty()) {
            throw CouchError.notFound("missing");
        }
        Set<Revision> wanted = new TreeSet<>(all ? tree.leaves() : List.of());
        query.openRevs().forEach(asked -> wanted.addAll(DocumentQuery.resolve(tree, asked, query.latest())));
        boolean json = !request.accepts("multipart/mixed");
        Multipart multipart = Multipart.mixed();
        ArrayNode rows = Json.array();
        for (Revision revision : wanted) {
            var found = database.documents().find(id, revision);
            if (json) {
                found.ifPresentOrElse(
                        document -> rows.addObject()
                                .set(
                                        "ok",
                                        databases.afterRead(
                                                database,
                                                document.toNode(query.view().ofRevision()),
                                                request.user())),
                        () -> rows.addObject().put("missing", revision.toString()));
            } else {
                found.ifPresentOrElse(
                        document -> multipart.document(document, DocumentQuery.whole(query.view(), database)),
                        () -> multipart.missing(revision));
            }
        }
        return json ? Response.json(200, rows) : multipart.toResponse();
    }

    private Response create(Request request) {
        Database database = databases.get(request.path().getFirst());
        Document sent = Document.parse(request.json());
        Document document = sent.id().isEmpty() ? sent.withId(Uuids.next()) : sent;
        return write(request, database, document, true, 201);
    }

    private static Response put(Request request, Database database, String id) {
        Document.checkId(id);
        DocumentQuery query = DocumentQuery.parse(request, database);
        Document sent = Multipart.isRelated(request) ? Multipart.parse(request) : Document.parse(request.json());
        Document document = sent.withId(id).withHistory(history(request, sent.history()));
        if (!query.newEdits() && document.history().isEmpty()) {
            throw needsRevision();
        }
        return write(request, database, document, query.newEdits(), document.deleted() ? 200 : 201);
    }

    static CouchError needsRevision() {
        return CouchError.badRequest("When `new_edits: false`, the document needs `_rev` or `_revisions` specified");
    }

    private static Response delete(Request request, Database database, String id) {
        requireThere(database, id);
        Document tombstone = new Document(id, history(request, History.NONE), true, Json.object(), List.of());
        return write(request, database, tombstone, true, 200);
    }

    private static void requireThere(Database database, String id) {
        if (!Document.isLocal(id)) {
            live(database, id);
        } else if (database.locals().get(id).isEmpty()) {
            throw CouchError.notFound("missing");
        }
    }

    private static Response copy(Request request, Database database, String id) {
        String destination = request.header("Destination")
                .orElseThrow(() -> CouchError.badRequest("Destination header is mandatory for COPY."));
        String[] target = Urls.decode(destination).split("\\?rev=", 2);
        DocumentQuery query = DocumentQuery.parse(request, database);
        StoredDocument source = query.rev() == null
                ? live(database, id)
                : database.documents().find(id, query.rev()).orElseThrow(() -> CouchError.notFound("missing"));
        Document copy = new Document(
                Document.checkId(target[0]),
                target.length > 1 ? History.of(Revision.parse(target[1])) : History.NONE,
                false,
                (ObjectNode) Json.parse(source.json()),
                source.attachments());
        return write(request, database, copy, true, 201);
    }

    /** The revision that an edit builds on, of body, query string and {@code If-Match}, which must agree. */
    private static History history(Request request, History ofBody) {
        Revision query = request.query("rev").map(Revision::parse).orElse(null);
        if (!ofBody.isEmpty() && query != null && !query.equals(ofBody.newest())) {
            throw CouchError.badRequest("Document rev from request body and query string have different values");
        }
        Revision explicit = ofBody.isEmpty() ? query : ofBody.newest();
        Revision agreed = agreed(request, explicit);
        if (agreed == null) {
            return History.NONE;
        }
        return ofBody.isEmpty() ? History.of(agreed) : ofBody;
    }

    /** The revision to build on, of what was said and {@code If-Match}. @throws CouchError 400 */
    static Revision agreed(Request request, Revision explicit) {
        Revision tag = request.header("If-Match")
                .map(value -> Revision.parse(value.replace("\"", "")))
                .orElse(explicit);
        if (explicit != null && !explicit.equals(tag)) {
            throw CouchError.badRequest("Document rev and etag have different values");
        }
        return tag;
    }

    static Response write(Request request, Database database, Document document, boolean newEdits, int status) {
        var outcome =
                database.write(List.of(document), request.user(), newEdits).getFirst();
        Revision revision = outcome == null ? document.history().newest() : outcome.orThrow();
        ObjectNode answer = Json.object().put("ok", true).put("id", document.id());
        if (request.query("batch").filter("ok"::equals).isPresent()) {
            return Response.json(202, answer);
        }
        Response response = Response.json(status, answer.put("rev", revision.toString()));
        if (!request.method().equals("POST") && !Document.isLocal(document.id())) {
            response.etag(revision.toString());
        }
        return request.method().equals("DELETE")
                ? response
                : response.header("Location", request.base() + Urls.path(database.name(), document.id()));
    }
}
