package io.shopsync.couchdb.embedded.feed;

import io.shopsync.couchdb.embedded.feed.ChangesQuery.Kind;
import io.shopsync.couchdb.embedded.http.Sink;

/** How rows, pauses and the end of a feed are written. One for each answer: it knows what came before. */
final class FeedFormat {
    private final Kind kind;
    private final boolean terse;
    private boolean any;
    private boolean waited;

    /** @param terse as {@code _db_updates}: without a count of what is pending, and silent until there is news */
    FeedFormat(Kind kind, boolean terse) {
        this.kind = kind;
        this.terse = terse;
    }

    String begin() {
        return isOneObject() ? "{\"results\":[\n" : "";
    }

    void row(Sink sink, byte[] json, String sequence) {
        if (kind == Kind.EVENTSOURCE) {
            sink.write("data: ");
        } else if (isOneObject() && any) {
            sink.write(",\n");
        }
        any = true;
        sink.write(json);
        if (kind == Kind.EVENTSOURCE) {
            sink.write("\nid: \"" + sequence + "\"\n\n");
        } else if (kind == Kind.CONTINUOUS) {
            sink.write("\n");
        }
    }

    /** Said before the feed waits, so that the headers are sent; null to say nothing. */
    String waiting() {
        if (terse && kind != Kind.EVENTSOURCE) {
            return null;
        }
        String said = kind == Kind.CONTINUOUS && !waited ? "\n" : "";
        waited = true;
        return said;
    }

    String heartbeat() {
        return kind == Kind.EVENTSOURCE ? "event: heartbeat\ndata: \n\n" : "\n";
    }

    String end(String lastSequence, long pending) {
        if (kind == Kind.EVENTSOURCE) {
            return "";
        }
        String told = "\"last_seq\":\"" + lastSequence + "\"" + (terse ? "" : ",\"pending\":" + pending) + "}\n";
        return (isOneObject() ? "\n],\n" : "{") + told;
    }

    private boolean isOneObject() {
        return kind == Kind.NORMAL || kind == Kind.LONGPOLL;
    }
}
