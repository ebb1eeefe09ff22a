package io.shopsync.couchdb.embedded.replication;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads a source's changes ahead of the replication, on a thread of its own. A continuous feed that ends is opened
 * again from where it ended.
 */
final class SourceChanges implements AutoCloseable {
    private static final int AHEAD = 2000;
    private static final ObjectReader ROWS =
            Json.MAPPER.readerFor(ObjectNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Comes after the last row, and is empty as no row is. */
    private static final ObjectNode END = Json.object();

    private final RemoteDatabase source;
    private final ReplicationSpec spec;
    private final BlockingQueue<ObjectNode> rows = new ArrayBlockingQueue<>(AHEAD);
    private final Thread reader;
    private JsonNode last;
    private boolean atEnd;
    private volatile Crash failure;

    SourceChanges(RemoteDatabase source, ReplicationSpec spec, JsonNode since) {
        this.source = source;
        this.spec = spec;
        last = since;
        reader = Thread.ofVirtual().name("changes of " + spec.source()).start(this::read);
    }

    /**
     * The next changes, in order, as many as have come. A row with {@code last_seq} and no {@code id} tells that there
     * were no others up to there.
     *
     * @return nothing where none came in time, or there are none left
     * @throws Crash where the source gives no more
     */
    List<ObjectNode> take(int most, long millis) throws InterruptedException {
        if (atEnd && failure != null) {
            throw failure;
        }
        var batch = new ArrayList<ObjectNode>();
        var first = rows.poll(millis, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            rows.drainTo(batch, most - 1);
            atEnd = batch.removeIf(ObjectNode::isEmpty);
        }
        return batch;
    }

    /** Whether all has been taken. */
    boolean isAtEnd() {
        return atEnd && failure == null;
    }

    /** How far a row goes. */
    static JsonNode sequence(JsonNode row) {
        return row.has("last_seq") ? row.get("last_seq") : row.path("seq");
    }

    private void read() {
        try {
            try {
                readAll();
            } catch (IOException e) {
                failure = Crash.of("{changes_reader_died,{connection_closed,mid_stream}}");
            } catch (Crash e) {
                failure = e;
            }
            rows.put(END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll() throws IOException, InterruptedException {
        do {
            try (var in = source.changes(spec, last)) {
                parse(in);
            } catch (IOException cut) {
                if (!spec.continuous()) {
                    throw cut;
                }
            }
        } while (spec.continuous());
    }

    /** A continuous feed is a row a line; a normal one has them in {@code results}. Blank lines keep either alive. */
    private void parse(InputStream in) throws IOException, InterruptedException {
        try (JsonParser parser = Json.MAPPER.createParser(in)) {
            if (!spec.continuous()) {
                while (parser.nextToken() != null && parser.currentToken() != JsonToken.START_ARRAY) {
                    // On to the results.
                }
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                ObjectNode row = ROWS.readValue(parser);
                var sequence = sequence(row);
                if (!sequence.equals(last) || row.has("id")) {
                    rows.put(row);
                }
                last = sequence;
            }
        }
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
