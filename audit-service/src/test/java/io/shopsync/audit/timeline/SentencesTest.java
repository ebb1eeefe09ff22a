package io.shopsync.audit.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.audit.ledger.RecordedEvent;
import io.shopsync.contracts.EventTypes;
import io.shopsync.contracts.change.DatabaseChanged;
import io.shopsync.contracts.metrics.SyncSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SentencesTest {

    /** One JSON file, at least, of each type that was ever published. */
    private static final Path GOLDEN = Path.of("../contracts/src/test/resources/golden");

    static Stream<String> typesOfFacts() {
        return EventTypes.all().entrySet().stream()
                .filter(type -> !SyncSample.class.isAssignableFrom(type.getValue()))
                .filter(type -> type.getValue() != DatabaseChanged.class)
                .map(Map.Entry::getKey);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("typesOfFacts")
    void tellsEveryTypeThatIsPublishedByMoreThanItsName(String type) throws IOException {
        try (var versions = Files.list(GOLDEN.resolve(type))) {
            for (var version : versions.toList()) {
                // When
                var sentence = Sentences.of(event(type, Files.readString(version)));
                // Then
                assertThat(sentence)
                        .as("%s of %s", version.getFileName(), type)
                        .isNotEqualTo(Sentences.of(event(type, "[]")))
                        .endsWith(".")
                        .doesNotContain("Optional[", "null");
            }
        }
    }

    @Test
    void tellsATypeItDoesNotKnowByItsName() {
        assertThat(Sentences.of(event("shopsync.shop.moved-away.v7", "{}")))
                .isEqualTo("Moved away (shopsync.shop.moved-away.v7).");
        assertThat(Sentences.of(event("strange", "{}"))).isEqualTo("Strange (strange).");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.012S, 12 ms",
        "PT0.999S, 999 ms",
        "PT1.55S, 1.5 s",
        "PT59.999S, 59.9 s",
        "PT4M10S, 4 min 10 s",
        "PT2H5M, 2 h 5 min",
        "P3DT4H, 3 d 4 h"
    })
    void tellsDurationsInTwoUnitsAtMost(Duration duration, String words) {
        assertThat(StoryText.inWords(duration)).isEqualTo(words);
    }

    private static RecordedEvent event(String type, String data) {
        var now = Instant.now();
        return new RecordedEvent(
                now, "acme", type, Optional.empty(), UUID.randomUUID(), Optional.empty(), "/test", "shops", now, data);
    }
}
