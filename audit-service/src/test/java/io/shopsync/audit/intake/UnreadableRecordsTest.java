package io.shopsync.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.audit.Api;
import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Given;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.KafkaResource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@AuditTest
class UnreadableRecordsTest {

    private static EventLog shops;
    private static EventLog deadLetters;

    @BeforeAll
    static void openTopics() {
        shops = EventLog.of(Topic.SHOPS, EnvelopeCodec::encode, EnvelopeCodec::decode);
        deadLetters = EventLog.of(
                Topic.SHOPS.deadLetters("audit-service"),
                KafkaResource.bootstrapServers(),
                EnvelopeCodec::encode,
                EnvelopeCodec::decode);
    }

    @AfterAll
    static void closeTopics() {
        shops.close();
        deadLetters.close();
    }

    static Stream<Arguments> unreadable() {
        var goodData = "{\"a\":1}";
        return Stream.of(
                Arguments.of("nothing", "", "not a CloudEvent"),
                Arguments.of("no JSON", "certainly not JSON", "not a CloudEvent"),
                Arguments.of("cut off", "{\"specversion\":\"1.0\",", "not a CloudEvent"),
                Arguments.of("an array", "[]", "not a CloudEvent"),
                Arguments.of("no event", "{}", "not a CloudEvent"),
                Arguments.of("no UUID", event("42", "shop", "2026-01-01T00:00:00Z", goodData), "UUID"),
                Arguments.of("no shop", event(id(), "Not_A_Shop", "2026-01-01T00:00:00Z", goodData), "not a shop id"),
                Arguments.of("no time", event(id(), "shop", "yesterday", goodData), "not a CloudEvent"),
                Arguments.of("too old", event(id(), "shop", "1999-12-31T23:59:59Z", goodData), "not believable"),
                Arguments.of("too far ahead", event(id(), "shop", "2999-01-01T00:00:00Z", goodData), "not believable"),
                Arguments.of("data an array", event(id(), "shop", "2026-01-01T00:00:00Z", "[1]"), "not a JSON object"),
                Arguments.of(
                        "a character that Postgres refuses",
                        event(id(), "shop", "2026-01-01T00:00:00Z", "{\"a\":\"\\u0000\"}"),
                        "unsupported Unicode escape"),
                Arguments.of(
                        "a type too long for an index",
                        event(id(), "shop", "2026-01-01T00:00:00Z", goodData).replace("some.type", randomText(9000)),
                        "maximum size"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void putsAsideWhatItCannotReadAndGoesOn(String name, String value, String reason) {
        // Given
        var shop = Given.shop();
        var before = Given.event(new ShopEvent.SyncEnabled(shop));
        var after = Given.event(new ShopEvent.SyncDisabled(shop, "unpaid"));
        // When
        shops.publish(before);
        shops.publish(shop.value(), value.getBytes(StandardCharsets.UTF_8));
        shops.publish(after);
        // Then
        await().untilAsserted(() -> {
            assertThat(Api.items("/api/v1/events?shop=" + shop))
                    .extracting(event -> event.get("id"))
                    .containsExactlyInAnyOrder(
                            before.id().toString(), after.id().toString());
            assertThat(deadLettersOf(shop)).singleElement().satisfies(letter -> {
                assertThat(new String(letter.value(), StandardCharsets.UTF_8)).isEqualTo(value);
                assertThat(header(letter, "dead-letter-reason")).contains(reason);
                assertThat(header(letter, "dead-letter-topic")).isEqualTo("shops");
                assertThat(header(letter, "dead-letter-partition")).matches("\\d+");
                assertThat(header(letter, "dead-letter-offset")).matches("\\d+");
            });
        });
    }

    @Test
    void putsAsideARecordWithoutAValue() {
        // Given
        var shop = Given.shop();
        // When
        shops.publish(shop.value(), null);
        // Then
        await().untilAsserted(() -> assertThat(deadLettersOf(shop))
                .singleElement()
                .satisfies(letter ->
                        assertThat(header(letter, "dead-letter-reason")).isEqualTo("the record has no value")));
    }

    private static List<ConsumerRecord<String, byte[]>> deadLettersOf(ShopId shop) {
        return deadLetters.records().stream()
                .filter(letter -> shop.value().equals(letter.key()))
                .toList();
    }

    private static String header(ConsumerRecord<String, byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    /** Long, and not to be compressed below what an index holds. */
    private static String randomText(int length) {
        var random = new Random(length);
        return random.ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String event(String id, String subject, String time, String data) {
        return """
                {"specversion":"1.0","id":"%s","source":"/broken","type":"some.type","subject":"%s","time":"%s",
                 "data":%s}""".formatted(id, subject, time, data);
    }
}
