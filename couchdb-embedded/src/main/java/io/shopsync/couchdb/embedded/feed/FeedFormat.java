package io.shopsync.couchdb.embedded.feed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** How rows, pauses and the end of a feed are written. One for each answer: it knows whether a row came before. */
abstract class FeedFormat {
    /** As {@code _changes} writes it. */
    static FeedFormat of(ChangesQuery.Kind kind) {
        return of(kind, false);
    }

    /** As {@code _db_updates} writes it: without a count of what is pending, and silent until there is news. */
    static FeedFormat ofServer(ChangesQuery.Kind kind) {
        return of(kind, true);
    }

    private static FeedFormat of(ChangesQuery.Kind kind, boolean terse) {
        return switch (kind) {
            case NORMAL, LONGPOLL -> new OneObject(terse);
            case CONTINUOUS -> new Lines(terse);
            case EVENTSOURCE -> new Events();
        };
    }

    private static String lastSequence(String sequence, long pending, boolean terse) {
        return "\"last_seq\":\"" + sequence + "\"" + (terse ? "" : ",\"pending\":" + pending) + "}\n";
    }

    abstract String begin();

    abstract byte[] row(byte[] json, String sequence);

    /** Said before the feed waits, so that the headers are sent; null to say nothing. */
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
        private final boolean terse;
        private boolean any;

        OneObject(boolean terse) {
            this.terse = terse;
        }

        @Override
        String waiting() {
            return terse ? null : "";
        }

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
            return "\n],\n" + lastSequence(lastSequence, pending, terse);
        }
    }

    /** One object a line. */
    private static final class Lines extends FeedFormat {
        private final boolean terse;
        private boolean waited;

        Lines(boolean terse) {
            this.terse = terse;
        }

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
            if (terse) {
                return null;
            }
            String said = waited ? "" : "\n";
            waited = true;
            return said;
        }

        @Override
        String end(String lastSequence, long pending) {
            return "{" + lastSequence(lastSequence, pending, terse);
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
