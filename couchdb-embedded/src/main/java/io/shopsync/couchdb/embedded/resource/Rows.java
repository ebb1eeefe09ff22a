package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The form of a view's answer: {@code {"total_rows":…,"offset":…,"rows":[…]}}, a row a line. */
final class Rows {
    static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

    private final Sink sink;
    private boolean any;

    Rows(Sink sink) {
        this.sink = sink;
    }

    void begin(String total, String offset, String updateSeq) {
        String sequence = updateSeq == null ? "" : ",\"update_seq\":\"" + updateSeq + "\"";
        sink.write("{\"total_rows\":" + total + ",\"offset\":" + offset + sequence + ",\"rows\":[\r\n");
    }

    void write(byte[] row) {
        if (any) {
            sink.write(",\r\n");
        }
        sink.write(row);
        any = true;
    }

    void end() {
        sink.write("\r\n]}\n");
    }

    /** The row of a key that is no document's. */
    static byte[] notFound(JsonNode key) {
        ObjectNode row = Json.object();
        row.set("key", key);
        return Json.bytes(row.put("error", "not_found"));
    }

    /** A row with one more member that is JSON text already. */
    static byte[] append(ObjectNode row, String name, byte[] json) {
        byte[] begun = Json.bytes(row);
        ByteArrayOutputStream out = new ByteArrayOutputStream(begun.length + json.length + 16);
        out.write(begun, 0, begun.length - 1);
        out.writeBytes((",\"" + name + "\":").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(json);
        out.write('}');
        return out.toByteArray();
    }
}
