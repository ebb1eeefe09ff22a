package io.shopsync.couchdb;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.changes.Change;
import io.shopsync.couchdb.changes.ChangesPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code _changes} without building a tree of it: it is the largest answer that is read all the time. */
final class ChangesReader {

    private final Call call;

    ChangesReader(Call call) {
        this.call = call;
    }

    ChangesPage page(JsonParser parser) throws IOException {
        var changes = new ArrayList<Change>();
        String lastSeq = null;
        var pending = OptionalLong.empty();
        expect(parser.nextToken() == JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "results" -> {
                    expect(parser.currentToken() == JsonToken.START_ARRAY);
                    while (parser.nextToken() == JsonToken.START_OBJECT) {
                        changes.add(change(parser));
                    }
                    expect(parser.currentToken() == JsonToken.END_ARRAY);
                }
                case "last_seq" -> lastSeq = parser.getValueAsString();
                case "pending" -> pending = OptionalLong.of(parser.getValueAsLong());
                default -> parser.skipChildren();
            }
        }
        expect(lastSeq != null);
        return new ChangesPage(changes, lastSeq, pending);
    }

    /** A row, the parser being on its opening brace; empty for the line that ends a continuous feed. */
    Optional<Change> row(JsonParser parser) throws IOException {
        expect(parser.nextToken() == JsonToken.START_OBJECT);
        var row = new Row();
        row.read(parser);
        return row.id == null && row.lastSeq ? Optional.empty() : Optional.of(row.change());
    }

    private Change change(JsonParser parser) throws IOException {
        var row = new Row();
        row.read(parser);
        return row.change();
    }

    private void expect(boolean asItShould) {
        if (!asItShould) {
            throw new CouchException.BrokenAnswer(call.where(), 200, "not a _changes answer");
        }
    }

    private final class Row {
        private Optional<String> seq = Optional.empty();
        private String id;
        private List<String> revs = List.of();
        private boolean deleted;
        private boolean lastSeq;
        private Optional<ObjectNode> document = Optional.empty();
        private String error;
        private String reason = "";

        void read(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "seq" -> seq = Optional.ofNullable(parser.getValueAsString());
                    case "id" -> id = parser.getValueAsString();
                    case "changes" -> revs = revs(parser);
                    case "deleted" -> deleted = parser.getValueAsBoolean();
                    case "doc" -> document = document(parser);
                    case "last_seq" -> lastSeq = true;
                    case "error" -> error = parser.getValueAsString("");
                    case "reason" -> reason = parser.getValueAsString("");
                    default -> parser.skipChildren();
                }
            }
        }

        Change change() {
            if (error != null) {
                // CouchDB has sent 200 before it failed, and says so in the midst of the rows.
                throw CouchException.of(call.method(), call.route().path(), 500, error, reason);
            }
            expect(id != null);
            return new Change(seq, id, revs, deleted, document);
        }

        private List<String> revs(JsonParser parser) throws IOException {
            var found = new ArrayList<String>(1);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    var isRev = "rev".equals(parser.currentName());
                    parser.nextToken();
                    if (isRev) {
                        found.add(parser.getValueAsString());
                    } else {
                        parser.skipChildren();
                    }
                }
            }
            return found;
        }

        private Optional<ObjectNode> document(JsonParser parser) throws IOException {
            return Json.MAPPER.readTree(parser) instanceof ObjectNode body ? Optional.of(body) : Optional.empty();
        }
    }
}
