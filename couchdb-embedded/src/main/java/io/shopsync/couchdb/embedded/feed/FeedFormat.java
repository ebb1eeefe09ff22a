package io.shopsync.couchdb.embedded.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How rows, pauses and the end of a feed are written. One for each answer: it knows whether a row came before. */
abstract class FeedFormat {
    static FeedFormat of(ChangesQuery.Kind kind) {
        return switch (kind) {
            case NORMAL, LONGPOLL -> new OneObject();
            case CONTINUOUS -> new Lines();
            case EVENTSOURCE -> new Events();
        };
    }

    abstract String begin();

    abstract byte[] row(byte[] json, String sequence);

    /** Said once before the feed waits: it sends the headers to a client that waits for them. */
    String waiting() {
        return "";
    }

    String heartbeat() {
        return "\n";
    }

    abstract String end(String lastSequence, long pending);

    static byte[] join(String before, byte[] json, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 64);
        out.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(json);
        out.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** {@code {"results":[…],"last_seq":…,"pending":…}} */
    private static final class OneObject extends FeedFormat {
        private boolean any;

        @Override
        String begin() {
            return "{\"results\":[\n";
        }

        @Override
        byte[] row(byte[] json, String sequence) {
            String before = any ? ",\n" : "";
            any = true;
            return join(before, json, "");
        }

        @Override
        String end(String lastSequence, long pending) {
            return "\n],\n\"last_seq\":\"" + lastSequence + "\",\"pending\":" + pending + "}\n";
        }
    }

    /** One object a line. */
    private static final class Lines extends FeedFormat {
        private boolean waited;

        @Override
        String begin() {
            return "";
        }

        @Override
        byte[] row(byte[] json, String sequence) {
            return join("", json, "\n");
        }

        @Override
        String waiting() {
            String said = waited ? "" : "\n";
            waited = true;
            return said;
        }

        @Override
        String end(String lastSequence, long pending) {
            return "{\"last_seq\":\"" + lastSequence + "\",\"pending\":" + pending + "}\n";
        }
    }

    /** Server-sent events. */
    private static final class Events extends FeedFormat {
        @Override
        String begin() {
            return "";
        }

        @Override
        byte[] row(byte[] json, String sequence) {
            return join("data: ", json, "\nid: \"" + sequence + "\"\n\n");
        }

        @Override
        String heartbeat() {
            return "event: heartbeat\ndata: \n\n";
        }

        @Override
        String end(String lastSequence, long pending) {
            return "";
        }
    }
}
