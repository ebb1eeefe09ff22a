package io.shopsync.couchdb.embedded.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Selectors and what a real CouchDB found with them, or why it refused them. */
class SelectorTest {

    @TestFactory
    Stream<DynamicTest> findsWhatCouchDbFound() throws IOException {
        var recorded = Json.MAPPER.readTree(SelectorTest.class.getResourceAsStream("selectors.json"));
        return stream(recorded.get("cases"))
                .map(each -> DynamicTest.dynamicTest(
                        each.get("selector").toString(), () -> assertAnswer(each, recorded.get("documents"))));
    }

    private static void assertAnswer(JsonNode recorded, JsonNode documents) {
        if (recorded.has("ids")) {
            var selector = Selector.parse(recorded.get("selector"));
            var found =
                    stream(selector.asksNothing() ? Json.array() : documents).filter(selector::matches);
            assertThat(new TreeSet<>(ids(found))).isEqualTo(new TreeSet<>(texts(recorded.get("ids"))));
        } else {
            assertThatThrownBy(() -> Selector.parse(recorded.get("selector")))
                    .isInstanceOfSatisfying(CouchError.class, error -> {
                        assertThat(error.status()).isEqualTo(400);
                        assertThat(error.error())
                                .isEqualTo(recorded.get("error").textValue());
                        assertThat(error.reason())
                                .isEqualTo(recorded.get("reason").textValue());
                    });
        }
    }

    private static List<String> ids(Stream<? extends JsonNode> documents) {
        return documents.map(document -> document.get("_id").textValue()).toList();
    }

    private static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::textValue).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
