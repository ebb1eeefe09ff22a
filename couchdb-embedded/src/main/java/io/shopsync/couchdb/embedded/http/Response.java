package io.shopsync.couchdb.embedded.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer: status, headers, and a body that is there already or is written as it comes. */
public final class Response {
    /** Writes a streamed body; returning ends it. */
    @FunctionalInterface
    public interface Writer {
        void writeTo(Sink sink) throws InterruptedException;
    }

    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final byte[] bytes;
    private final Writer writer;

    private Response(int status, String contentType, byte[] bytes, Writer writer) {
        this.status = status;
        this.bytes = bytes;
        this.writer = writer;
        headers.put("Cache-Control", "must-revalidate");
        if (contentType != null) {
            headers.put("Content-Type", contentType);
        }
    }

    public static Response json(int status, JsonNode node) {
        return jsonText(status, Json.bytes(node));
    }

    /** JSON that is text already. */
    public static Response jsonText(int status, byte[] json) {
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return new Response(status, "application/json", line, null);
    }

    /** {@code {"ok":true}} */
    public static Response ok(int status) {
        return json(status, Json.object().put("ok", true));
    }

    public static Response error(CouchError error) {
        Response response = json(error.status(), error.toJson());
        return error.status() == 405
                ? response.header("Allow", error.reason().replaceAll("^Only | allowed$", ""))
                : response;
    }

    public static Response bytes(int status, String contentType, byte[] bytes) {
        return new Response(status, contentType, bytes, null);
    }

    /** No body, and no type of one. */
    public static Response empty(int status) {
        Response response = new Response(status, null, new byte[0], null);
        response.headers.clear();
        return response;
    }

    public static Response stream(int status, Writer writer) {
        return new Response(status, "application/json", null, writer);
    }

    /** Sets a header, in place of one of that name. */
    public Response header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    public Response without(String header) {
        headers.remove(header);
        return this;
    }

    /** Sets the entity tag; a client that has this one already is answered 304. */
    public Response etag(String tag) {
        return header("ETag", "\"" + tag + "\"");
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** The whole body, or null where it is written as it comes. */
    byte[] bytes() {
        return bytes;
    }

    Writer writer() {
        return writer;
    }
}
