package io.shopsync.orchestrator.desired;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.TestProfile;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.orchestrator.NoWork;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.stack.testing.EventLog;
import io.shopsync.stack.testing.KafkaResource;
import jakarta.inject.Inject;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OrchestratorTest
@TestProfile(NoWork.class)
class WishConsumerTest {

    private static EventLog topic;
    private static EventLog deadLetters;

    @Inject
    DesiredShops shops;

    @BeforeAll
    static void open() {
        topic = EventLog.of(Topic.SHOPS, EnvelopeCodec::encode, EnvelopeCodec::decode);
        deadLetters = EventLog.of(
                Topic.SHOPS.deadLetters("sync-orchestrator"),
                KafkaResource.bootstrapServers(),
                EnvelopeCodec::encode,
                EnvelopeCodec::decode);
    }

    @AfterAll
    static void close() {
        topic.close();
        deadLetters.close();
    }

    @Test
    void keepsTheOrderOfAShopsFacts() {
        // Given
        var shop = Shops.fresh();
        topic.publish(Shops.created(shop));
        // When
        IntStream.range(0, 50).forEach(i -> {
            topic.publish(Shops.fact(new ShopEvent.SyncDisabled(shop, "round " + i)));
            topic.publish(Shops.fact(new ShopEvent.SyncEnabled(shop)));
        });
        // Then
        await().untilAsserted(() -> assertThat(shops.find(shop)).hasValueSatisfying(status -> {
            assertThat(status.desired().wish().generation()).isEqualTo(101);
            assertThat(status.desired().wanted()).isEqualTo(new Wanted.Active());
        }));
    }

    @Test
    void aFactThatIsDeliveredTwiceCountsOnce() {
        // Given
        var shop = Shops.fresh();
        var disabled = Shops.fact(new ShopEvent.SyncDisabled(shop, "unpaid"));
        topic.publish(Shops.created(shop));
        topic.publish(disabled);
        var enabled = Shops.fact(new ShopEvent.SyncEnabled(shop));
        topic.publish(enabled);
        // When
        topic.publish(disabled);
        var last = Shops.fact(new ShopEvent.DatabasesChanged(shop, Shops.databases("sales")));
        topic.publish(last);
        // Then
        await().untilAsserted(() -> assertThat(shops.find(shop)).hasValueSatisfying(status -> {
            assertThat(status.desired().wish().event()).isEqualTo(last.id());
            assertThat(status.desired().wanted()).isEqualTo(new Wanted.Active());
            assertThat(status.desired().wish().generation()).isEqualTo(4);
        }));
    }

    @Test
    void whatCannotBeReadOrTakenIsPutAsideAndTheRestGoesOn() {
        // Given
        var before = Shops.fresh();
        var after = Shops.fresh();
        var unknown = Shops.fresh();
        var unstorable = Shops.fresh();
        // When
        topic.publish(Shops.created(before));
        topic.publish(before.value(), "{ no event".getBytes(UTF_8));
        topic.publish(Shops.fact(new ShopEvent.SyncEnabled(unknown)));
        topic.publish(Shops.fact(new ShopEvent.Created(
                unstorable, "a name with \u0000 in it", Shops.databases("sales"), Shops.logins(unstorable, "x"))));
        topic.publish(Shops.created(after));
        // Then
        await().untilAsserted(() -> {
            assertThat(shops.find(before)).isPresent();
            assertThat(shops.find(after)).isPresent();
        });
        await().untilAsserted(() -> assertThat(deadLetters.records())
                .extracting(record -> record.key()
                        + ": "
                        + new String(
                                record.headers()
                                        .lastHeader("dead-letter-reason")
                                        .value(),
                                UTF_8))
                .anyMatch(letter -> letter.startsWith(before + ": not a CloudEvent"))
                .contains(unknown + ": no shop " + unknown + " has signed up")
                .anyMatch(letter -> letter.startsWith(unstorable + ": Postgres failed, SQL state 22")));
        assertThat(shops.find(unknown)).isEmpty();
        assertThat(shops.find(unstorable)).isEmpty();
    }
}
