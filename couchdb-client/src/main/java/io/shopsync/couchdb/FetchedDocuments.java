package io.shopsync.couchdb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.document.FetchedRevision;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * The answer to a {@code _bulk_get} while it arrives: at most one document is held in memory, and a reader that is slow
 * slows the server down. Read by one thread, and closed.
 */
public final class FetchedDocuments implements AutoCloseable {

    private final Call call;
    private final BodyStream body;
    private final SpanSource source;
    private final JsonParser parser;
    private final Queue<FetchedRevision> ready = new ArrayDeque<>();
    private boolean started;
    private boolean ended;

    private FetchedDocuments(Call call, BodyStream body, SpanSource source, JsonParser parser) {
        this.call = call;
        this.body = body;
        this.source = source;
        this.parser = parser;
    }

    static FetchedDocuments open(Transport transport, Call call, long largest) {
        var body = transport.stream(call, transport.options().idleTimeout());
        var source = new SpanSource(body, largest);
        try {
            return new FetchedDocuments(call, body, source, Json.MAPPER.createParser(source));
        } catch (IOException e) {
            body.close();
            throw Transport.broken(call, e);
        }
    }

    /** The next revision, in the order asked; empty after the last. */
    public Optional<FetchedRevision> next() {
        try {
            while (ready.isEmpty() && !ended) {
                advance();
            }
            return Optional.ofNullable(ready.poll());
        } catch (IOException e) {
            throw Transport.broken(call, e);
        }
    }

    /** Ends the request; an answer not read to its end costs its connection. */
    @Override
    public void close() {
        body.close();
    }

    private void advance() throws IOException {
        if (!started) {
            expect(parser.nextToken() == JsonToken.START_OBJECT);
            expect("results".equals(parser.nextFieldName()));
            expect(parser.nextToken() == JsonToken.START_ARRAY);
            started = true;
        }
        source.mark(parser.currentLocation().getByteOffset());
        switch (parser.nextToken()) {
            case START_OBJECT -> result();
            case END_ARRAY -> {
                expect(parser.nextToken() == JsonToken.END_OBJECT);
                body.finish();
                ended = true;
            }
            case null, default -> expect(false);
        }
    }

    /** {@code {"id": …, "docs": [{"ok": {…}} or {"error": {…}}]}}. */
    private void result() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var isDocs = "docs".equals(parser.currentName());
            parser.nextToken();
            if (isDocs) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    revision();
                }
            } else {
                parser.skipChildren();
            }
        }
    }

    private void revision() throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "ok" -> ready.add(found());
                case "error" -> ready.add(unavailable());
                default -> parser.skipChildren();
            }
        }
    }

    private FetchedRevision found() throws IOException {
        var from = parser.currentTokenLocation().getByteOffset();
        source.mark(from);
        var id = "";
        var rev = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "_id" -> id = parser.getText();
                case "_rev" -> rev = parser.getText();
                default -> parser.skipChildren();
            }
        }
        var to = parser.currentLocation().getByteOffset();
        var document = source.cut(from, to);
        return document.isPresent()
                ? new FetchedRevision.Found(id, rev, document.get())
                : new FetchedRevision.Oversized(id, rev, to - from);
    }

    private FetchedRevision unavailable() throws IOException {
        var said = Json.MAPPER.readValue(parser, JsonNode.class);
        return new FetchedRevision.Unavailable(
                said.path("id").asText(""),
                said.path("rev").asText(""),
                said.path("error").asText(""),
                said.path("reason").asText(""));
    }

    private void expect(boolean asItShould) {
        if (!asItShould) {
            throw new CouchException.BrokenAnswer(call.where(), 200, "not a _bulk_get answer");
        }
    }
}
