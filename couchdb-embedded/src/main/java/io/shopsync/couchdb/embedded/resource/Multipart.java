package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.StoredDocument;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.http.Request;
import io.shopsync.couchdb.embedded.http.Response;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Documents with their attachments apart, as CouchDB's own replicator sends and fetches them. */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
    private static final String END_OF_HEADERS = "\r\n\r\n";

    private final String boundary = Uuids.next();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Multipart() {}

    /** Many documents, as {@code open_revs} answers. */
    static Multipart mixed() {
        Multipart mixed = new Multipart();
        mixed.text("--" + mixed.boundary);
        return mixed;
    }

    static boolean isRelated(Request request) {
        return request.header("Content-Type")
                .filter(type -> type.startsWith("multipart/related;"))
                .isPresent();
    }

    /**
     * A document whose attachments follow it, in the order it names them.
     *
     * @throws CouchError 400 when a part is missing
     */
    static Document parse(Request request) {
        Matcher matcher = BOUNDARY.matcher(request.header("Content-Type").orElse(""));
        if (!matcher.find()) {
            throw CouchError.badRequest("Missing boundary of multipart/related");
        }
        Deque<byte[]> parts = parts(request.body(), matcher.group(1));
        if (parts.isEmpty()) {
            throw CouchError.badRequest("expected more data");
        }
        JsonNode json = Json.parse(parts.removeFirst());
        Document document = Document.parse(json);
        List<Attachment> attachments = new ArrayList<>();
        for (Attachment attachment : document.attachments()) {
            JsonNode described = json.path("_attachments").path(attachment.name());
            attachments.add(
                    described.path("follows").asBoolean() ? followed(attachment, described, parts) : attachment);
        }
        return document.withAttachments(attachments);
    }

    private static Attachment followed(Attachment attachment, JsonNode described, Deque<byte[]> parts) {
        if (parts.isEmpty()) {
            throw CouchError.badRequest("attachment shorter than expected");
        }
        byte[] content = parts.removeFirst();
        boolean gzip = described.path("encoding").asText().equals("gzip");
        Attachment whole = gzip
                ? Attachment.ofGzip(attachment.name(), attachment.type(), content)
                : Attachment.of(attachment.name(), attachment.type(), 0, content);
        return whole.withRevpos(described.path("revpos").asInt(0));
    }

    /** What is in each part, without its headers. */
    private static Deque<byte[]> parts(byte[] body, String boundary) {
        // One char a byte, so that places in the text are places in the body.
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "--" + boundary;
        Deque<byte[]> parts = new ArrayDeque<>();
        int start = text.indexOf(delimiter);
        while (start >= 0) {
            int end = text.indexOf("\r\n" + delimiter, start + delimiter.length());
            int content = text.indexOf(END_OF_HEADERS, start + delimiter.length());
            if (end < 0 || content < 0 || content + END_OF_HEADERS.length() > end) {
                return parts;
            }
            parts.add(text.substring(content + END_OF_HEADERS.length(), end).getBytes(StandardCharsets.ISO_8859_1));
            start = end + 2;
        }
        return parts;
    }

    /** Adds a document with what follows it. */
    void document(StoredDocument document, View view) {
        if (follows(document, view)) {
            String inner = Uuids.next();
            text("\r\nContent-Type: multipart/related; boundary=\"" + inner + "\"\r\n\r\n");
            related(document, view, inner);
        } else {
            text("\r\nContent-Type: application/json\r\n\r\n");
            out.writeBytes(Json.bytes(document.toNode(view.following())));
        }
        text("\r\n--" + boundary);
    }

    /** Whether contents of attachments would follow the document. */
    static boolean follows(StoredDocument document, View view) {
        return !document.contents(view).isEmpty();
    }

    /** One document alone, with what follows it. */
    static Response related(StoredDocument document, View view) {
        String boundary = Uuids.next();
        Multipart multipart = new Multipart();
        multipart.related(document, view, boundary);
        return Response.bytes(200, "multipart/related; boundary=\"" + boundary + "\"", multipart.out.toByteArray());
    }

    private void related(StoredDocument document, View view, String separator) {
        text("--" + separator + "\r\nContent-Type: application/json\r\n\r\n");
        out.writeBytes(Json.bytes(document.toNode(view.following())));
        for (Attachment attachment : document.contents(view)) {
            attachment(attachment, view.contents().source().apply(attachment), separator);
        }
        text("\r\n--" + separator + "--");
    }

    private void attachment(Attachment attachment, byte[] stored, String separator) {
        text("\r\n--" + separator + "\r\nContent-Disposition: attachment; filename=\"" + attachment.name()
                + "\"\r\nContent-Type: " + attachment.type() + "\r\nContent-Length: " + stored.length
                + (attachment.gzip() ? "\r\nContent-Encoding: gzip" : "") + END_OF_HEADERS);
        out.writeBytes(stored);
    }

    void missing(Revision revision) {
        text("\r\nContent-Type: application/json; error=\"true\"\r\n\r\n");
        out.writeBytes(Json.bytes(Json.object().put("missing", revision.toString())));
        text("\r\n--" + boundary);
    }

    Response toResponse() {
        text("--");
        return Response.bytes(200, "multipart/mixed; boundary=\"" + boundary + "\"", out.toByteArray());
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
