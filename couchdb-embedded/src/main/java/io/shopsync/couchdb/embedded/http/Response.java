package io.shopsync.couchdb.embedded.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.wire.Json;
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
        headers.put("Content-Type", contentType);
    }

    public static Response json(int status, JsonNode node) {
        byte[] json = Json.bytes(node);
        byte[] line = java.util.Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return new Response(status, "application/json", line, null);
    }

    /** {@code {"ok":true}} */
    public static Response ok(int status) {
        return json(status, Json.object().put("ok", true));
    }

    public static Response bytes(int status, String contentType, byte[] bytes) {
        return new Response(status, contentType, bytes, null);
    }

    public static Response stream(int status, Writer writer) {
        return new Response(status, "application/json", null, writer);
    }

    public Response header(String name, String value) {
        headers.put(name, value);
        return this;
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
