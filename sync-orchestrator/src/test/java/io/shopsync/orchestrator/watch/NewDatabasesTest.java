package io.shopsync.orchestrator.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;
import io.shopsync.contracts.change.DatabaseChanged;
import io.shopsync.eventing.EnvelopeCodec;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.stack.testing.EventLog;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@OrchestratorTest
class NewDatabasesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static Stage stage;
    private static EventLog wakeUps;

    @Inject
    Sweep sweep;

    @BeforeAll
    static void open() {
        stage = new Stage();
        wakeUps = EventLog.of(Topic.DATABASE_CHANGES, EnvelopeCodec::encode, EnvelopeCodec::decode);
    }

    @AfterAll
    static void close() {
        wakeUps.close();
        stage.close();
    }

    @Test
    void announcesTheNewDatabaseThatSomebodyWroteToAndNotThoseThatAreAsTheyWereMade() {
        // Given
        var quiet = stage.ready(Shops.created(Shops.fresh()));
        var busy = stage.ready(Shops.created(Shops.fresh()));
        // When
        write(busy, "sales");
        // Then
        awaitAnnounced(busy, "sales");
        sweep.run();
        write(quiet, "products");
        awaitAnnounced(quiet, "products");
        assertThat(wakeUps.of(quiet, DatabaseChanged.class))
                .extracting(DatabaseChanged::database)
                .containsOnly(new DatabaseName("products"));
        assertThat(wakeUps.of(busy, DatabaseChanged.class))
                .extracting(DatabaseChanged::database)
                .containsOnly(new DatabaseName("sales"));
    }

    @Test
    void aSweepAnnouncesADatabaseThatChangedSinceItWasMade() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        sweep.run();
        write(shop, "sales");
        awaitAnnounced(shop, "sales");
        var before = wakeUps.of(shop, DatabaseChanged.class).size();
        // When
        sweep.run();
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(wakeUps.of(shop, DatabaseChanged.class)).hasSizeGreaterThan(before));
    }

    private static void awaitAnnounced(ShopId shop, String database) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(wakeUps.of(shop, DatabaseChanged.class))
                        .extracting(DatabaseChanged::database)
                        .contains(new DatabaseName(database)));
    }

    private static void write(ShopId shop, String database) {
        stage.couch()
                .database("shop_" + shop + '_' + database)
                .documents()
                .put("one", JsonNodeFactory.instance.objectNode().put("shopId", shop.value()));
    }
}
