package io.shopsync.audit.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.audit.Api;
import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Facts;
import io.shopsync.audit.Given;
import io.shopsync.audit.ledger.Ledger;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@AuditTest
class TimelineTest {

    private static final Instant START = Instant.parse("2026-02-03T04:05:06Z");

    @Inject
    Ledger ledger;

    @Test
    void tellsWhatHappenedInSentencesWithCausesAndDurations() {
        // Given
        var shop = Given.shop();
        var created = Given.at(START, Given.created(shop)).askedBy("alice");
        var started = Given.at(START.plusMillis(200), new SyncEvent.ProvisioningStarted(shop))
                .causedBy(created.id());
        var ready = Given.at(START.plusMillis(812), Given.provisioned(shop)).causedBy(started.id());
        ledger.store(List.of(Facts.of(ready), Facts.of(created), Facts.of(started)));
        // When
        var story = Api.items("/api/v1/shops/" + shop + "/timeline");
        // Then
        assertThat(story)
                .extracting(entry -> entry.get("what"))
                .containsExactly(
                        "Signed up as \"Test shop\" with the database sales.",
                        "Provisioning started.",
                        "Ready for its tills: the database sales.");
        assertThat(story.getFirst()).containsEntry("actor", "alice").doesNotContainKey("because");
        assertThat(story.getLast())
                .containsEntry("millisSinceCause", 612)
                .containsEntry("millisSinceStart", 812)
                .containsEntry(
                        "because",
                        List.of(
                                Map.of(
                                        "time", "2026-02-03T04:05:06.200Z",
                                        "what", "Provisioning started.",
                                        "event", started.id().toString(),
                                        "type", "shopsync.sync.provisioning-started.v1"),
                                Map.of(
                                        "time", "2026-02-03T04:05:06Z",
                                        "what", "Signed up as \"Test shop\" with the database sales.",
                                        "event", created.id().toString(),
                                        "type", "shopsync.shop.created.v1")));
    }

    @Test
    void tellsTheStoryInATerminalWithoutLettingItsTextsMoveTheCursor() {
        // Given
        var shop = Given.shop();
        var created = Given.at(START, Given.created(shop)).askedBy("alice");
        var disabled = Given.at(START.plusMillis(1500), new ShopEvent.SyncDisabled(shop, "\u001b[2Junpaid"))
                .causedBy(created.id());
        ledger.store(List.of(Facts.of(created), Facts.of(disabled)));
        // When
        var text =
                Api.getAs("/api/v1/shops/" + shop + "/timeline", "text/plain").asString();
        // Then
        assertThat(text).isEqualTo("""
                2026-02-03 04:05:06.000  Signed up as "Test shop" with the database sales. (asked by alice)
                2026-02-03 04:05:07.500  Sync was suspended: ?[2Junpaid. [1.5 s after: Signed up as "Test shop" with the \
                database sales.]
                """);
    }

    @Test
    void endsAChainAtACauseThatIsNotThereOrComesAgain() {
        // Given
        var shop = Given.shop();
        var one = Given.at(START, new ShopEvent.SyncEnabled(shop));
        var two = Given.at(START.plusMillis(1), new ShopEvent.SyncEnabled(shop)).causedBy(one.id());
        var loop = one.causedBy(two.id());
        var orphan = Given.at(START.plusMillis(2), new ShopEvent.SyncEnabled(shop))
                .causedBy(Given.event(new ShopEvent.SyncEnabled(shop)).id());
        ledger.store(List.of(Facts.of(loop), Facts.of(two), Facts.of(orphan)));
        // When
        var story = Api.items("/api/v1/shops/" + shop + "/timeline");
        // Then
        assertThat(story).hasSize(3);
        assertThat(story.getLast()).doesNotContainKeys("because", "millisSinceCause");
    }

    @Test
    void goesOnWhereThePageBeforeEnded() {
        // Given
        var shop = Given.shop();
        ledger.store(IntStream.range(0, 5)
                .mapToObj(i -> Facts.of(Given.at(START.plusSeconds(i), new ShopEvent.SyncEnabled(shop))))
                .toList());
        // When
        var story = Api.allPages("/api/v1/shops/" + shop + "/timeline?limit=2");
        // Then
        assertThat(story)
                .extracting(entry -> Instant.parse((String) entry.get("time")))
                .hasSize(5)
                .isSorted();
    }
}
