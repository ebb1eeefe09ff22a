package io.shopsync.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventTypes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenEventsTest {

    private static final Map<String, ObjectNode> SCHEMAS = new EventSchemas().all();

    @BeforeAll
    static void addWhatIsMissing() {
        if (Published.REFRESH) {
            SCHEMAS.forEach((type, schema) -> {
                if (!Golden.uncovered(type, schema).isEmpty()) {
                    var sample = Samples.of(EventTypes.byName(type).orElseThrow());
                    Published.write(Golden.next(type), Published.text(Published.JSON.valueToTree(sample)));
                }
            });
        }
    }

    @Test
    void everyComponentOfEveryEventIsInSomeGoldenFile() {
        assertThat(SCHEMAS)
                .allSatisfy((type, schema) -> assertThat(Golden.uncovered(type, schema))
                        .as(Published.HOW_TO_REFRESH)
                        .isEmpty());
    }

    @ParameterizedTest
    @MethodSource("golden")
    void isReadAndWrittenBackUnchanged(Golden golden) throws JsonProcessingException {
        // When
        var event = Published.JSON.treeToValue(golden.data(), classOf(golden));
        // Then
        var written = Published.JSON.readTree(Published.JSON.writeValueAsString(event));
        assertThat(Golden.normal(written)).isEqualTo(Golden.normal(golden.data()));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void isAcceptedByTodaysSchema(Golden golden) {
        // Given
        var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(SCHEMAS.get(golden.eventType()));
        // When
        var errors = schema.validate(
                golden.data(), context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        // Then
        assertThat(errors).isEmpty();
    }

    static List<Golden> golden() {
        var all = Golden.all();
        return all.isEmpty() ? fail("no golden files: " + Published.HOW_TO_REFRESH) : all;
    }

    private static Class<? extends Event> classOf(Golden golden) {
        return EventTypes.byName(golden.eventType())
                .orElseThrow(() -> new AssertionError(golden + " was published once: its record must stay"));
    }
}
