package io.shopsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.Service;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Isolation is violated at random while a part of the system is away: each violation is found once, and no document is
 * lost. The seed is printed; {@code -Dtest.seed} repeats what was done, though not when.
 */
class ViolationsIT {

    private static final System.Logger LOG = System.getLogger(ViolationsIT.class.getName());

    /** A killed worker's lease of 30 s may have to end first. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final int CRASHES = 2;
    private static final int OWN_DOCUMENTS = 20;
    private static final DatabaseName SALES = new DatabaseName("sales");
    private static final DatabaseName PRODUCTS = new DatabaseName("products");

    private final SystemUnderTest system = SystemUnderTest.get();
    private Random random;
    private Trespasser trespasser;

    @BeforeEach
    void open() {
        var seed = Long.getLong("test.seed", System.nanoTime());
        LOG.log(System.Logger.Level.INFO, "seed " + seed);
        random = new Random(seed);
        trespasser = new Trespasser(system, random);
    }

    @AfterEach
    void close() {
        trespasser.close();
    }

    @Test
    void nothingIsMissedWhenTheOrchestratorIsKilledAtItsWorkAndWhileItIsDown() {
        // Given
        var shop = shopWithDocuments("killed");
        for (int crash = 0; crash < CRASHES; crash++) {
            // When it dies somewhere between hearing of a violation and having dealt with it
            trespasser.trespass(shop, SALES);
            var moment = Duration.ofMillis(random.nextInt(800));
            await().pollDelay(moment).until(() -> true);
            system.kill(Service.ORCHESTRATOR);
            trespasser.trespass(shop, PRODUCTS);
            system.restart(Service.ORCHESTRATOR);
            // Then
            awaitFoundOnce(shop);
        }
        assertPutRight(shop);
    }

    @Test
    void nothingIsMissedThatIsWrittenWhileKafkaIsDown() {
        // Given
        var shop = shopWithDocuments("no-kafka");
        system.infrastructure().kafka().stop();
        // When
        trespasser.trespass(shop, SALES);
        system.infrastructure().kafka().start();
        // Then
        awaitFoundOnce(shop);
        assertPutRight(shop);
    }

    /** CouchDB forgets which databases it would have told of (measured). */
    @Test
    void nothingIsMissedThatIsWrittenJustBeforeCouchDBStops() {
        // Given
        var shop = shopWithDocuments("no-couchdb");
        // When
        trespasser.trespass(shop, SALES);
        system.infrastructure().couchdb().stop();
        system.infrastructure().couchdb().start();
        // Then
        awaitFoundOnce(shop);
        assertPutRight(shop);
    }

    private ShopId shopWithDocuments(String name) {
        var shop = system.readyShop(name);
        trespasser.storeOwn(shop, SALES, OWN_DOCUMENTS);
        return shop;
    }

    private void awaitFoundOnce(ShopId shop) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(trespasser.found(shop))
                        .containsExactlyInAnyOrderElementsOf(trespasser.committed(shop)));
        assertThat(trespasser.quarantined(shop)).containsExactlyInAnyOrderElementsOf(trespasser.documents(shop));
    }

    private void assertPutRight(ShopId shop) {
        assertThat(trespasser.stored(shop, SALES))
                .hasSize(OWN_DOCUMENTS)
                .doesNotContainAnyElementsOf(trespasser.documents(shop));
        assertThat(trespasser.stored(shop, PRODUCTS)).isEmpty();
    }
}
