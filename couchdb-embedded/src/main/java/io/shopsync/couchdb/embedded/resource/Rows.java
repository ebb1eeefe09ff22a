package io.shopsync.couchdb.embedded.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.http.Sink;
import io.shopsync.couchdb.embedded.wire.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The form of a view's answer: {@code {"total_rows":…,"offset":…,"rows":[…]}}, a row a line. */
final class Rows {
    static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

    private Rows() {}

    static void begin(Sink sink, String total, String offset, String updateSeq) throws InterruptedException {
        String sequence = updateSeq == null ? "" : ",\"update_seq\":\"" + updateSeq + "\"";
        sink.write("{\"total_rows\":" + total + ",\"offset\":" + offset + sequence + ",\"rows\":[\r\n");
    }

    static void write(Sink sink, List<byte[]> rows) throws InterruptedException {
        boolean first = true;
        for (byte[] row : rows) {
            if (!first) {
                sink.write(",\r\n");
            }
            sink.write(row);
            first = false;
        }
        sink.write("\r\n]}\n");
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
