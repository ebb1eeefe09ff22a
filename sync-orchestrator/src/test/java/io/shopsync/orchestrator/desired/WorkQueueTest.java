package io.shopsync.orchestrator.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.TestProfile;
import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.orchestrator.NoWork;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.reconcile.Shops;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OrchestratorTest
@TestProfile(NoWork.class)
class WorkQueueTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SHORT_LEASE = Duration.ofMillis(200);

    @Inject
    WorkQueue queue;

    @Inject
    WishWriter writer;

    @Inject
    DesiredShops shops;

    @Inject
    Jdbc jdbc;

    @BeforeEach
    void empty() {
        jdbc.update("truncate shop cascade");
    }

    @Test
    void aWishMakesItsShopDueOnceForOneWorker() {
        // Given
        var shop = signedUp();
        // When
        var first = queue.claim(Lane.URGENT, 10, "one", LEASE);
        var second = queue.claim(Lane.URGENT, 10, "two", LEASE);
        // Then
        assertThat(first).singleElement().satisfies(claim -> {
            assertThat(claim.shop()).isEqualTo(shop);
            assertThat(claim.wishWaits()).isTrue();
            assertThat(claim.isFirstEver()).isTrue();
            assertThat(claim.attempt()).isEqualTo(1);
        });
        assertThat(second).isEmpty();
        assertThat(shops.find(shop).orElseThrow().worker()).contains("one");
    }

    @Test
    void manyWorkersAtOnceNeverClaimOneShopTwice() throws Exception {
        // Given
        var signedUp = IntStream.range(0, 300).mapToObj(_ -> signedUp()).toList();
        // When
        var claimed = Collections.synchronizedList(new ArrayList<ShopId>());
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < 8; worker++) {
                var name = "worker-" + worker;
                workers.execute(() -> {
                    List<Claim> claims;
                    do {
                        claims = queue.claim(Lane.URGENT, 7, name, LEASE);
                        claims.forEach(claim -> claimed.add(claim.shop()));
                    } while (!claims.isEmpty());
                });
            }
        }
        // Then
        assertThat(claimed).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(signedUp);
    }

    @Test
    void theClaimOfAWorkerThatDiedIsGivenToAnother() {
        // Given
        signedUp();
        var lost = queue.claim(Lane.URGENT, 1, "one", SHORT_LEASE).getFirst();
        // When
        var claim = awaitClaim("two");
        // Then
        assertThat(claim.number()).isEqualTo(lost.number() + 1);
        assertThat(claim.attempt()).isEqualTo(2);
        assertThat(claim.isFirstEver()).isFalse();
    }

    @Test
    void aRenewedClaimIsKept() {
        // Given
        signedUp();
        var claims = queue.claim(Lane.URGENT, 1, "one", SHORT_LEASE);
        // When
        queue.renew(claims, LEASE);
        // Then
        await().during(SHORT_LEASE.multipliedBy(2))
                .untilAsserted(() ->
                        assertThat(queue.claim(Lane.URGENT, 1, "two", LEASE)).isEmpty());
    }

    @Test
    void whoLostItsClaimRecordsNothing() {
        // Given
        var shop = signedUp();
        var lost = queue.claim(Lane.URGENT, 1, "one", SHORT_LEASE).getFirst();
        awaitClaim("two");
        // When
        var own = finish(lost, settled());
        // Then
        assertThat(own).isEmpty();
        assertThat(shops.find(shop).orElseThrow().settled()).isFalse();
    }

    @Test
    void aSettledShopIsDueInTheFullPassAlone() {
        // Given
        var shop = signedUp();
        var claim = queue.claim(Lane.URGENT, 1, "one", LEASE).getFirst();
        // When
        finish(claim, new Outcome.Settled("rules", false, Optional.of(Duration.ZERO)));
        // Then
        assertThat(shops.find(shop).orElseThrow().settled()).isTrue();
        assertThat(queue.claim(Lane.URGENT, 1, "one", LEASE)).isEmpty();
        assertThat(queue.claim(Lane.ROUTINE, 1, "one", LEASE)).singleElement().satisfies(routine -> {
            assertThat(routine.wishWaits()).isFalse();
            assertThat(routine.attempt()).isEqualTo(1);
            assertThat(routine.appliedPolicy()).contains("rules");
        });
    }

    @Test
    void aWishThatArrivesWhileItsShopIsWorkedOnMakesItDueAgain() {
        // Given
        var shop = signedUp();
        var claim = queue.claim(Lane.URGENT, 1, "one", LEASE).getFirst();
        // When
        write(Shops.fact(new ShopEvent.SyncDisabled(shop, "unpaid")));
        // Then
        assertThat(queue.claim(Lane.URGENT, 1, "two", LEASE))
                .as("while it is worked on")
                .isEmpty();
        finish(claim, settled());
        assertThat(shops.find(shop).orElseThrow().observedGeneration()).isEqualTo(1);
        assertThat(queue.claim(Lane.URGENT, 1, "one", LEASE)).singleElement().satisfies(next -> {
            assertThat(next.desired().wanted()).isEqualTo(new Wanted.Suspended());
            assertThat(next.attempt()).isEqualTo(1);
        });
    }

    @Test
    void aWishThatArrivesDuringAFailedAttemptIsNotHeldBackByItsPause() {
        // Given
        var shop = signedUp();
        var claim = queue.claim(Lane.URGENT, 1, "one", LEASE).getFirst();
        write(Shops.fact(new ShopEvent.SyncDisabled(shop, "unpaid")));
        // When
        finish(claim, new Outcome.Delayed(ReasonCode.COUCHDB_ERROR, "500", Duration.ofHours(1)));
        // Then
        assertThat(queue.claim(Lane.URGENT, 1, "one", LEASE)).hasSize(1);
    }

    @Test
    void aDelayedShopWaitsForItsTimeAndSaysWhy() {
        // Given
        var shop = signedUp();
        var claim = queue.claim(Lane.URGENT, 1, "one", LEASE).getFirst();
        // When
        finish(claim, new Outcome.Delayed(ReasonCode.COUCHDB_ERROR, "500", Duration.ofMillis(300)));
        // Then
        assertThat(queue.claim(Lane.URGENT, 1, "one", LEASE)).isEmpty();
        assertThat(shops.find(shop).orElseThrow().reason()).contains(new ShopStatus.Reason("COUCHDB_ERROR", "500"));
        assertThat(awaitClaim("one").attempt()).isEqualTo(2);
    }

    @Test
    void aFailedShopIsTriedAnewWhenAsked() {
        // Given
        var shop = signedUp();
        var claim = queue.claim(Lane.URGENT, 1, "one", LEASE).getFirst();
        finish(claim, new Outcome.Failed(ReasonCode.COUCHDB_REFUSED_REQUEST, "400", Duration.ofHours(1)));
        assertThat(shops.find(shop).orElseThrow().failed()).isTrue();
        assertThat(queue.claim(Lane.URGENT, 1, "one", LEASE)).isEmpty();
        // When
        queue.ask(shop);
        // Then
        assertThat(queue.claim(Lane.URGENT, 1, "one", LEASE)).hasSize(1);
    }

    @Test
    void nothingIsDueOnceAShopIsPurged() {
        // Given
        var shop = signedUp();
        var claim = queue.claim(Lane.URGENT, 1, "one", LEASE).getFirst();
        // When
        finish(claim, new Outcome.Settled("rules", true, Optional.empty()));
        // Then
        assertThat(shops.find(shop).orElseThrow().nextLook()).isEmpty();
        assertThat(queue.refreshOutdated("other rules")).isZero();
    }

    @Test
    void shopsMadeByOtherRulesAreDueInTheFullPassNow() {
        // Given
        signedUp();
        var claim = queue.claim(Lane.URGENT, 1, "one", LEASE).getFirst();
        finish(claim, settled());
        // Then
        assertThat(queue.refreshOutdated("rules")).isZero();
        assertThat(queue.refreshOutdated("other rules")).isEqualTo(1);
        assertThat(queue.claim(Lane.ROUTINE, 1, "one", LEASE)).hasSize(1);
    }

    @Test
    void shopsThatAreHeldBackAreToldSoOnce() {
        // Given
        var shop = signedUp();
        // When
        var first = hold();
        var second = hold();
        // Then
        assertThat(first).extracting(WorkQueue.Held::shop).containsExactly(shop);
        assertThat(second).isEmpty();
        assertThat(queue.claim(Lane.URGENT, 1, "one", LEASE)).as("still due").hasSize(1);
    }

    private ShopId signedUp() {
        var shop = Shops.fresh();
        write(Shops.created(shop));
        return shop;
    }

    private void write(Envelope<? extends ShopEvent> fact) {
        var record = new ConsumerRecord<>("shops", 0, 0, fact.body().shop().value(), new byte[0]);
        writer.write(List.of(new Fact(record, fact)));
    }

    private Claim awaitClaim(String worker) {
        return await().until(() -> queue.claim(Lane.URGENT, 1, worker, LEASE), claims -> !claims.isEmpty())
                .getFirst();
    }

    private List<WorkQueue.Held> hold() {
        return QuarkusTransaction.requiringNew().call(() -> queue.hold(ReasonCode.COUCHDB_UNREACHABLE, "away", 100));
    }

    private Set<Claim> finish(Claim claim, Outcome outcome) {
        return QuarkusTransaction.requiringNew().call(() -> queue.finish(Map.of(claim, outcome)));
    }

    private static Outcome settled() {
        return new Outcome.Settled("rules", false, Optional.of(Duration.ofHours(1)));
    }
}
