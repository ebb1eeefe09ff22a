package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.History;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.StoredDocument;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.store.Database;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import io.shopsync.couchdb.embedded.wire.Urls;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One attachment: {@code /{db}/{id}/{name}}. */
final class AttachmentResource {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)");

    private AttachmentResource() {}

    static Response handle(Request request, Database database, String id, String name) {
        return switch (request.method()) {
            case "GET" -> read(request, database, id, name);
            case "PUT" -> write(request, database, id, name);
            case "DELETE" -> delete(request, database, id, name);
            default -> throw CouchError.notAllowed("DELETE,GET,HEAD,PUT");
        };
    }

    private static Response read(Request request, Database database, String id, String name) {
        DocumentQuery query = DocumentQuery.parse(request, database);
        StoredDocument document = query.rev() == null
                ? DocumentResource.live(database, id)
                : database.documents().find(id, query.rev()).orElseThrow(() -> CouchError.notFound("missing"));
        Attachment attachment = find(document, name);
        byte[] stored = database.documents().content(attachment);
        boolean takesGzip = request.header("Accept-Encoding")
                .filter(accepted -> accepted.toLowerCase(Locale.ROOT).contains("gzip"))
                .isPresent();
        boolean encoded = attachment.gzip() && takesGzip;
        byte[] content = attachment.gzip() && !takesGzip ? Attachment.gunzip(stored) : stored;
        Matcher range = RANGE.matcher(request.header("Range").orElse(""));
        boolean part = !attachment.gzip() && range.matches();
        Response response = part ? part(attachment, content, range) : Response.bytes(200, attachment.type(), content);
        if (encoded) {
            response.header("Content-Encoding", "gzip");
        }
        return response.etag(attachment.digest())
                .header("Accept-Ranges", attachment.gzip() ? "none" : "bytes")
                .header("Content-Security-Policy", "sandbox");
    }

    private static Response part(Attachment attachment, byte[] content, Matcher range) {
        String first = range.group(1);
        String last = range.group(2);
        long from = first.isEmpty() ? Math.max(0, content.length - number(last)) : number(first);
        long to = first.isEmpty() || last.isEmpty() ? content.length - 1L : Math.min(number(last), content.length - 1L);
        if (from > to) {
            throw new CouchError(416, "requested_range_not_satisfiable", "Requested range not satisfiable");
        }
        return Response.bytes(206, attachment.type(), Arrays.copyOfRange(content, (int) from, (int) to + 1))
                .header("Content-Range", "bytes " + from + "-" + to + "/" + content.length);
    }

    private static long number(String digits) {
        return digits.isEmpty() || digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }

    private static Response write(Request request, Database database, String id, String name) {
        Attachment.checkName(name);
        String type = request.header("Content-Type").orElse("application/octet-stream");
        Attachment attachment = switch (request.header("Content-Encoding")
                .orElse("identity")
                .strip()
                .toLowerCase(Locale.ROOT)) {
            case "identity" -> Attachment.of(name, type, 0, request.body());
            case "gzip" -> Attachment.ofGzip(name, type, request.body());
            default ->
                throw new CouchError(415, "bad_content_type", "Only gzip and identity content-encodings are supported");
        };
        Revision revision = revision(request);
        Document document = revision == null
                ? new Document(Document.checkId(id), History.NONE, false, Json.object(), List.of(attachment))
                : changed(before(database, id, revision), name, attachment);
        return DocumentResource.write(request, database, document, true, 201)
                .header("Location", request.base() + Urls.path(database.name(), id, name))
                .without("ETag");
    }

    private static Response delete(Request request, Database database, String id, String name) {
        Revision revision = revision(request);
        if (revision == null) {
            find(DocumentResource.live(database, id), name);
            throw CouchError.conflict();
        }
        StoredDocument before = before(database, id, revision);
        find(before, name);
        return DocumentResource.write(request, database, changed(before, name, null), true, 200)
                .without("ETag");
    }

    private static Revision revision(Request request) {
        return DocumentResource.agreed(
                request, request.query("rev").map(Revision::parse).orElse(null));
    }

    /** CouchDB calls a revision that is not there a conflict here, and says {@code not_found}. */
    private static StoredDocument before(Database database, String id, Revision revision) {
        return database.documents()
                .find(id, revision)
                .orElseThrow(() -> new CouchError(409, "not_found", "missing_rev"));
    }

    private static Document changed(StoredDocument before, String name, Attachment added) {
        List<Attachment> attachments = new ArrayList<>();
        if (added != null) {
            attachments.add(added);
        }
        before.attachments().stream()
                .filter(attachment -> !attachment.name().equals(name))
                .forEach(attachments::add);
        return new Document(
                before.id(),
                before.tree().history(before.revision()),
                before.deleted(),
                (ObjectNode) Json.parse(before.json()),
                attachments);
    }

    private static Attachment find(StoredDocument document, String name) {
        return document.attachments().stream()
                .filter(attachment -> attachment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CouchError.notFound("Document is missing attachment"));
    }
}
