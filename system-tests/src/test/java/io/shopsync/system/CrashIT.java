package io.shopsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.contracts.ShopId;
import io.shopsync.stack.Service;
import io.shopsync.stack.couchdb.CouchServer;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrashIT {

    private static final int SHOPS = 100;
    private static final int SIGNUPS_AT_ONCE = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final SystemUnderTest system = SystemUnderTest.get();

    @Test
    void everyShopBecomesReadyAndEveryEventIsRecordedOnceWhateverIsKilled() throws Exception {
        // Given
        var shops = IntStream.range(0, SHOPS)
                .mapToObj(number -> SystemUnderTest.freshShop("crash" + number))
                .toList();
        var milestones = new Milestones();
        // When
        try (var clients = Executors.newFixedThreadPool(SIGNUPS_AT_ONCE)) {
            var signups = signUpAll(shops, clients, milestones);
            milestones.await(10);
            killAndRestart(Service.ORCHESTRATOR);
            milestones.await(25);
            killAndRestart(Service.PROVISIONING);
            milestones.await(40);
            killAndRestart(Service.AUDIT);
            milestones.await(55);
            system.infrastructure().kafka().stop();
            milestones.await(65);
            system.infrastructure().kafka().start();
            milestones.await(80);
            stopAndStart(system.infrastructure().couchdb());
            killAndRestart(Service.ORCHESTRATOR);
            CompletableFuture.allOf(signups.toArray(CompletableFuture[]::new)).join();
        }
        // Then
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(shops)
                        .allSatisfy(shop -> assertThat(system.status(shop)).isEqualTo("READY")));
        var published = PublishedEvents.read(system.infrastructure().kafka().bootstrapServers());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(shops)
                        .allSatisfy(shop -> assertThat(system.ledger(shop))
                                .doesNotHaveDuplicates()
                                .containsAll(published.idsOf(shop))));
    }

    private List<CompletableFuture<Void>> signUpAll(
            List<ShopId> shops, ExecutorService clients, Milestones milestones) {
        var signups = new ArrayList<CompletableFuture<Void>>();
        for (var shop : shops) {
            signups.add(CompletableFuture.runAsync(
                    () -> {
                        signUp(shop);
                        milestones.reached();
                    },
                    clients));
        }
        return signups;
    }

    /** As a client does it that wants its shop: the same request again until it is answered. */
    private void signUp(ShopId shop) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .untilAsserted(
                        () -> assertThat(system.api().signUp(shop, "Crash test").status())
                                .isEqualTo(202));
    }

    private void killAndRestart(Service service) {
        system.kill(service);
        system.restart(service);
    }

    private static void stopAndStart(CouchServer couchdb) {
        couchdb.stop();
        couchdb.start();
    }

    /** Lets faults happen after so many signups, however fast the machine is. */
    private static final class Milestones {

        private final List<CountDownLatch> latches =
                IntStream.rangeClosed(0, SHOPS).mapToObj(CountDownLatch::new).toList();

        void reached() {
            latches.forEach(CountDownLatch::countDown);
        }

        void await(int signups) throws InterruptedException {
            latches.get(signups).await();
        }
    }
}
