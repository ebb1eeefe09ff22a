package io.shopsync.orchestrator.security;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.shopsync.couchdb.document.RawJson;
import java.io.IOException;
import java.util.Set;

/**
 * What the guard looks at in a document: its {@code shopId}, and whether it is a deletion that holds nothing else. Read
 * without parsing the rest into objects.
 *
 * @param shopId empty where it is missing or no text
 * @param bareDeletion a tombstone without any member of its own
 */
record GuardedDocument(String shopId, boolean bareDeletion) {

    private static final Set<String> BARE = Set.of("_id", "_rev", "_revisions", "_deleted");

    /** @throws IllegalArgumentException where it is no JSON object */
    static GuardedDocument in(RawJson document) {
        try (var parser = document.parser()) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no document");
            }
            return read(parser);
        } catch (IOException e) {
            throw new IllegalArgumentException("no document", e);
        }
    }

    /** Of a member that is there twice the last one counts, as in JavaScript. */
    private static GuardedDocument read(JsonParser parser) throws IOException {
        var shopId = "";
        var deleted = false;
        var bare = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var value = parser.nextToken();
            bare &= BARE.contains(name);
            switch (name) {
                case "shopId" -> shopId = value == JsonToken.VALUE_STRING ? parser.getText() : "";
                case "_deleted" -> deleted = value == JsonToken.VALUE_TRUE;
                default -> {}
            }
            parser.skipChildren();
        }
        return new GuardedDocument(shopId, deleted && bare);
    }
}
