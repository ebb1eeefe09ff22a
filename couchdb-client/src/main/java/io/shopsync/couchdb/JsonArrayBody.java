package io.shopsync.couchdb;

import io.shopsync.couchdb.document.RawJson;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** A request body that holds an array of JSON values which are passed on as they are. */
record JsonArrayBody(String before, Collection<RawJson> values, String after) {

    BodyPublisher publisher() {
        long length = (long) before.length() + after.length() + Math.max(0, values.size() - 1);
        for (var value : values) {
            length += value.length();
        }
        // One array: CouchDB wants a length, and the client copies small buffers one by one otherwise.
        var body = new byte[Math.toIntExact(length)];
        var at = put(body, 0, before);
        var first = true;
        for (var value : values) {
            if (!first) {
                body[at++] = ',';
            }
            first = false;
            value.buffer().get(body, at, value.length());
            at += value.length();
        }
        put(body, at, after);
        return BodyPublishers.ofByteArray(body);
    }

    private static int put(byte[] target, int at, String ascii) {
        var bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, target, at, bytes.length);
        return at + bytes.length;
    }
}
