package io.shopsync.couchdb.embedded.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** An answer of failure: an HTTP status and CouchDB's {@code {"error":…,"reason":…}}. Thrown where it is found. */
public final class CouchError extends RuntimeException {
    private final int status;
    private final String error;
    private final transient JsonNode reason;

    /** @param reason CouchDB's own wording, which clients compare to the letter */
    public CouchError(int status, String error, String reason) {
        this(status, error, TextNode.valueOf(reason));
    }

    /** @param reason what a validation function threw, of any form */
    public CouchError(int status, String error, JsonNode reason) {
        super(reason.isTextual() ? reason.textValue() : reason.toString(), null, false, false);
        this.status = status;
        this.error = error;
        this.reason = reason;
    }

    public static CouchError badRequest(String reason) {
        return new CouchError(400, "bad_request", reason);
    }

    public static CouchError unauthorized(String reason) {
        return new CouchError(401, "unauthorized", reason);
    }

    public static CouchError forbidden(String reason) {
        return new CouchError(403, "forbidden", reason);
    }

    public static CouchError notFound(String reason) {
        return new CouchError(404, "not_found", reason);
    }

    public static CouchError noDatabase() {
        return notFound("Database does not exist.");
    }

    public static CouchError conflict() {
        return new CouchError(409, "conflict", "Document update conflict.");
    }

    /** @param methods separated by commas */
    public static CouchError notAllowed(String methods) {
        return new CouchError(405, "method_not_allowed", "Only " + methods + " allowed");
    }

    /** What this server leaves out on purpose. */
    public static CouchError notImplemented(String what) {
        return new CouchError(501, "not_implemented", what + " are not part of shopsync-embedded: use a real CouchDB.");
    }

    public int status() {
        return status;
    }

    public String error() {
        return error;
    }

    public String reason() {
        return getMessage();
    }

    /** The body of the answer, and of the row of a bulk answer. */
    public ObjectNode toJson() {
        return Json.object().put("error", error).set("reason", reason);
    }
}
