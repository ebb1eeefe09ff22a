package io.shopsync.couchdb.embedded.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A document as a client sends it. The body holds what is the client's own; CouchDB's members are taken out of it.
 *
 * @param id empty where the server is to choose one
 * @param history the revision it builds on, or for {@code new_edits=false} the one it is
 * @param attachments contents and stubs
 */
public record Document(String id, History history, boolean deleted, ObjectNode body, List<Attachment> attachments) {
    /** CouchDB's {@code [couchdb] max_document_size}. */
    private static final int MAX_SIZE = 8_000_000;

    private static final Set<String> IGNORED = Set.of("_revs_info", "_local_seq", "_conflicts", "_deleted_conflicts");
    private static final Set<String> KEPT = Set.of(
            "_access",
            "_replication_state",
            "_replication_state_time",
            "_replication_state_reason",
            "_replication_id",
            "_replication_stats");

    public Document {
        attachments = List.copyOf(attachments);
    }

    /**
     * Source of the rules: {@code couch_doc:from_json_obj/2}.
     *
     * @throws CouchError 400 or 413
     */
    public static Document parse(JsonNode json) {
        if (!json.isObject()) {
            throw CouchError.badRequest("Document must be a JSON object");
        }
        String id = "";
        History rev = History.NONE;
        History revisions = null;
        boolean deleted = false;
        List<Attachment> attachments = List.of();
        ObjectNode body = Json.object();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (!name.startsWith("_") || KEPT.contains(name)) {
                body.set(name, value);
            } else if (name.equals("_id")) {
                id = checkId(value);
            } else if (name.equals("_rev")) {
                rev = History.of(Revision.parse(value.isTextual() ? value.textValue() : ""));
            } else if (name.equals("_revisions") && value.isObject()) {
                revisions = parseRevisions(value);
            } else if (name.equals("_deleted") && value.isBoolean()) {
                deleted = value.booleanValue();
            } else if (name.equals("_attachments") && value.isObject()) {
                attachments = parseAttachments(value);
            } else if (!IGNORED.contains(name)) {
                throw invalid("Bad special document member: " + name);
            }
        }
        requireSize(id, Json.bytes(body));
        return new Document(id, revisions == null ? rev : revisions, deleted, body, attachments);
    }

    private static void requireSize(String id, byte[] body) {
        if (body.length > MAX_SIZE) {
            throw new CouchError(413, "document_too_large", id);
        }
    }

    /** @throws CouchError 400 {@code illegal_docid} */
    public static String checkId(JsonNode id) {
        if (!id.isTextual()) {
            throw illegalId("Document id must be a string");
        }
        return checkId(id.textValue());
    }

    /** @throws CouchError 400 {@code illegal_docid} */
    public static String checkId(String id) {
        if (id.isEmpty()) {
            throw illegalId("Document id must not be empty");
        }
        if (id.equals("_design/") || id.equals("_local/")) {
            throw illegalId("Illegal document id `" + id + "`");
        }
        if (id.startsWith("_") && !isDesign(id) && !isLocal(id)) {
            throw illegalId("Only reserved document ids may start with underscore.");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(id)) {
            throw illegalId("Document id must be valid UTF-8");
        }
        return id;
    }

    public static boolean isDesign(String id) {
        return id.startsWith("_design/");
    }

    public static boolean isLocal(String id) {
        return id.startsWith("_local/");
    }

    public byte[] bodyBytes() {
        return Json.bytes(body);
    }

    /** The id of the revision that this edit makes, built on the given history. */
    public String revisionId(History parent) {
        return RevisionHash.of(deleted, parent, body, attachments);
    }

    public Document withId(String newId) {
        return new Document(newId, history, deleted, body, attachments);
    }

    public Document withHistory(History newHistory) {
        return new Document(id, newHistory, deleted, body, attachments);
    }

    public Document withBody(ObjectNode newBody) {
        return new Document(id, history, deleted, newBody, attachments);
    }

    public Document withAttachments(List<Attachment> newAttachments) {
        return new Document(id, history, deleted, body, newAttachments);
    }

    private static History parseRevisions(JsonNode revisions) {
        if (!revisions.path("start").isInt()) {
            throw invalid("_revisions.start isn't an integer.");
        }
        if (!revisions.path("ids").isArray()) {
            throw invalid("_revisions.ids isn't a array.");
        }
        List<String> ids = new ArrayList<>();
        for (JsonNode id : revisions.path("ids")) {
            if (!id.isTextual()) {
                throw invalid("RevId isn't a string");
            }
            try {
                ids.add(Revision.id(id.textValue()));
            } catch (CouchError e) {
                throw invalid("RevId isn't a valid hexadecimal");
            }
        }
        return new History(revisions.path("start").intValue(), ids);
    }

    private static List<Attachment> parseAttachments(JsonNode json) {
        List<Attachment> attachments = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            if (!names.add(member.getKey())) {
                throw CouchError.badRequest("Duplicate attachments");
            }
            if (!member.getValue().isObject()) {
                // CouchDB passes over what does not look like one.
                continue;
            }
            attachments.add(Attachment.parse(member.getKey(), member.getValue()));
        }
        return attachments;
    }

    private static CouchError illegalId(String reason) {
        return new CouchError(400, "illegal_docid", reason);
    }

    private static CouchError invalid(String reason) {
        return new CouchError(400, "doc_validation", reason);
    }
}
