package io.shopsync.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaChangesTest {

    private static final String PUBLISHED = """
            {"type": "object", "required": ["shop"], "properties": {
              "shop": {"type": "string", "pattern": "^a$"},
              "kind": {"type": "string", "enum": ["sync", "admin"]},
              "at": {"type": "string", "format": "date-time"},
              "logins": {"type": "array", "items": {"type": "object", "properties": {"salt": {"type": "string"}}}},
              "details": {"type": "object", "additionalProperties": {"type": "string"}}}}
            """;

    @Test
    void letsComponentsAndEnumValuesBeAdded() {
        // Given
        var next = PUBLISHED
                .replace("\"admin\"", "\"admin\", \"reader\"")
                .replace("\"at\":", "\"region\": {\"type\": [\"string\", \"null\"]}, \"at\":");
        // When
        var breaking = SchemaChanges.breaking(json(PUBLISHED), json(next));
        // Then
        assertThat(breaking).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "shop": {               | "id": {                        | /shop: is gone
                    "salt":                 | "pepper":                      | /logins[]/salt: is gone
                    ["shop"]                | ["shop", "at"]                 | /at: is now required
                    ["shop"]                | []                             | /shop: is no longer required
                    , "format": "date-time" | , "format": "date"             | /at: format was "date-time" and is "date"
                    "^a$"                   | "^b$"                          | /shop: pattern was "^a$" and is "^b$"
                    "sync", "admin"         | "sync"                         | /kind: the value admin is gone
                    "salt": {"type": "str   | "salt": {"type": "int          | /logins[]/salt: type was "string" and is "inting"
                    Properties": {"type": " | Properties": {"type": "x       | /details{}: type was "string" and is "xstring"
                    """)
    void namesWhatWouldLeaveStoredEventsBehind(String before, String after, String named) {
        // Given
        var next = PUBLISHED.replace(before, after);
        // When
        var breaking = SchemaChanges.breaking(json(PUBLISHED), json(next));
        // Then
        assertThat(breaking).containsExactly(named);
    }

    private static JsonNode json(String text) {
        try {
            return Published.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
