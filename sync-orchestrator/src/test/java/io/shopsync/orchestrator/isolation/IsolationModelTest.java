package io.shopsync.orchestrator.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.reconcile.Shops;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random shops, writes, attacks and faults against an oracle that knows whose each document is. The seed is printed;
 * {@code -Dtest.seed} repeats a run.
 */
@OrchestratorTest
class IsolationModelTest {

    private static final Logger LOG = Logger.getLogger(IsolationModelTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int STEPS = 60;

    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = new Stage();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void whateverHappensEachShopSeesItsOwnAloneAndNothingIsLost() {
        // Given shops whose names are made to be confused
        var seed = Long.getLong("test.seed", System.nanoTime());
        LOG.infof("seed %d", seed);
        var random = new Random(seed);
        var name = Shops.fresh().value();
        var shops = Stream.of(name, name + "-b", name + "-sales", name + "2")
                .map(ShopId::new)
                .map(shop -> stage.ready(Shops.created(shop)))
                .toList();
        var world = new IsolationWorld(stage, shops, random);
        // When
        for (int step = 0; step < STEPS; step++) {
            step(world, random, shops.get(random.nextInt(shops.size())));
        }
        world.wakeEveryDatabase();
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.findings())
                        .as("findings, seed %d", seed)
                        .containsExactlyInAnyOrderElementsOf(world.injected()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(world.strangersSeen())
                        .as("what shops' logins see that is not theirs, seed %d", seed)
                        .isEmpty());
        assertThat(world.lost()).as("documents lost, seed %d", seed).isEmpty();
    }

    private static void step(IsolationWorld world, Random random, ShopId shop) {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> world.tillWrites(shop);
            case 4 -> world.tillChangesItsDocument(shop);
            case 5 -> world.tillTriesToSmuggle(shop);
            case 6, 7 -> {
                try (var _ = fault(random, shop)) {
                    world.adminWritesPastTheGuard(shop, 1 + random.nextInt(8));
                }
            }
            case 8 -> world.adminReplicatesALosingRevision(shop);
            case 9 -> world.adminWritesADesignDocument(shop);
            case 10 -> world.tillHidesALocalDocument(shop);
            default -> {
                switch (random.nextInt(3)) {
                    case 0 -> world.adminOpensADatabase(shop);
                    case 1 -> world.adminLimitsRevisions(shop);
                    default -> world.adminGivesALoginAnotherShopsRole(shop);
                }
            }
        }
    }

    /** At most one answer is lost; the scan that misses it is repeated. */
    private static Faults fault(Random random, ShopId shop) {
        var sales = "/shop_" + shop + "_sales";
        var requests = List.of(
                "^nothing$",
                "POST /shopsync_quarantine/_bulk_docs",
                "POST " + sales + "/_bulk_docs",
                "POST " + sales + "/_bulk_get",
                "POST " + sales + "/_changes");
        return Faults.loseFirstAnswer(requests.get(random.nextInt(requests.size())));
    }
}
