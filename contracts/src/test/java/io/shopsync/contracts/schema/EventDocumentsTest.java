package io.shopsync.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventDocumentsTest {

    private static final EventSchemas EVENTS = new EventSchemas();
    private static final Map<String, ObjectNode> SCHEMAS = EVENTS.all();
    private static final Map<String, JsonNode> PUBLISHED = published();

    /** Only what is compatible may be published: an incompatible change is a new event type. */
    static void noPublishedEventChangesItsMeaning() {
        PUBLISHED.forEach((type, schema) -> {
            assertThat(SCHEMAS).as("published event types").containsKey(type);
            assertThat(SchemaChanges.breaking(schema, SCHEMAS.get(type)))
                    .as("breaking changes of %s: publish a new version of the type instead", type)
                    .isEmpty();
        });
    }

    @BeforeAll
    static void refresh() {
        noPublishedEventChangesItsMeaning();
        if (Published.REFRESH) {
            SCHEMAS.forEach((type, schema) -> Published.write(Published.schemaOf(type), Published.text(schema)));
            Published.write(Published.ASYNC_API, new AsyncApi(EVENTS).yaml());
            Published.write(Published.TOPICS, AsyncApi.topics());
        }
    }

    @Test
    void theSchemaOfEachEventIsCurrent() {
        assertThat(published()).as(Published.HOW_TO_REFRESH).isEqualTo(SCHEMAS);
    }

    @Test
    void theAsyncApiDocumentIsCurrent() throws IOException {
        assertThat(Published.ASYNC_API).exists();
        assertThat(Files.readString(Published.ASYNC_API))
                .as(Published.HOW_TO_REFRESH)
                .isEqualTo(new AsyncApi(EVENTS).yaml());
    }

    @Test
    void theTopicsThatAreCreatedInContainersAreCurrent() throws IOException {
        assertThat(Published.TOPICS).exists();
        assertThat(Files.readString(Published.TOPICS))
                .as(Published.HOW_TO_REFRESH)
                .isEqualTo(AsyncApi.topics());
    }

    private static Map<String, JsonNode> published() {
        var schemas = new TreeMap<String, JsonNode>();
        Published.jsonFiles(Published.SCHEMAS).forEach(file -> schemas.put(typeOf(file), Published.json(file)));
        return schemas;
    }

    private static String typeOf(Path schema) {
        var name = schema.getFileName().toString();
        return name.substring(0, name.length() - ".json".length());
    }
}
