package io.shopsync.orchestrator.replication;

import static io.shopsync.orchestrator.replication.Standbys.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.contracts.sync.SyncEvent.RepairPlace;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.Credentials;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.user.UserDocument;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.StandbyProxy;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.security.SecurityPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OrchestratorTest
@QuarkusTestResource(value = StandbyProxy.class, restrictToAnnotatedClass = true)
class StandbyTest extends EngineContract {

    private static final int VERY_MANY = 40_000;

    @Test
    void tillsFindTheirShopAtTheStandbyWithTheSameLoginsAndGuards() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        here(sales(shop)).documents().put("sale-1", document(shop));
        // Then
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(asTill(shop, "first").documents().get("sale-1"))
                                .isPresent());
        assertThat(there(sales(shop)).security()).isEqualTo(here(sales(shop)).security());
        assertThatThrownBy(() -> asTill(shop, "first").documents().put("foreign", document(Shops.OTHER)))
                .isInstanceOf(CouchException.Forbidden.class);
    }

    @Test
    void aSuspensionHoldsAtTheStandbyToo() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(asTill(shop, "first").info().name()).isNotEmpty());
        // When
        var suspended = stage.publish(Shops.fact(new ShopEvent.SyncDisabled(shop, "unpaid")));
        stage.awaitTold(suspended, SyncEvent.ShopSuspended.class);
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThatThrownBy(() -> asTill(shop, "first").info())
                                .isInstanceOf(CouchException.Unauthorized.class));
    }

    @Test
    void aNewPasswordIsTakenAtTheStandbyToo() {
        // Given
        var shop = ready();
        // When
        rotateAndAwait(shop);
        // Then
        assertThat(asTill(shop, "second").info().name()).isNotEmpty();
        assertThatThrownBy(() -> asTill(shop, "first").info()).isInstanceOf(CouchException.Unauthorized.class);
    }

    @Test
    void nothingOfADeletedShopStaysAtTheStandby() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(there(sales(shop)).exists()).isTrue());
        // When
        stage.publish(Shops.fact(new ShopEvent.Deleted(shop, Instant.now().plusSeconds(2))));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(standby.databases("shop_" + shop + "_")).isEmpty();
            assertThat(pairs.of(shop)).isEmpty();
            assertThat(stage.couch().databases("shop_" + shop + "_")).isEmpty();
        });
    }

    @Test
    void countsWhatItHasDone() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        // When
        here(sales(shop))
                .bulk()
                .write(IntStream.range(0, 50).mapToObj(_ -> document(shop)).toList());
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            var pair = pair(shop).orElseThrow();
            assertThat(pair.totals().written()).isEqualTo(50);
            assertThat(pair.totals().bytes()).isPositive();
            assertThat(pair.state()).isEqualTo(PairState.IDLE);
            assertThat(pair.lastSync()).isPresent();
            assertThat(pair.pending()).hasValue(0);
        });
    }

    @Test
    void aDatabaseThatTheStandbyLostIsGuardedAndOpenedOnceItIsFilledAgain() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        here(sales(shop))
                .bulk()
                .write(IntStream.range(0, 1500).mapToObj(_ -> document(shop)).toList());
        awaitEqual(shop);
        awaitState(shop, PairState.IDLE);
        try (var _ = Faults.standbyOverloaded("POST /" + sales(shop).physicalName() + "/_bulk_docs")) {
            // When
            there(sales(shop)).delete();
            here(sales(shop)).documents().put("one-more", document(shop));
            awaitState(shop, PairState.RETRYING);
            // Then
            eventually()
                    .untilAsserted(
                            () -> assertThat(there(sales(shop)).security()).isEqualTo(SecurityPolicy.CLOSED));
            assertThat(there(sales(shop)).documents().get(Guard.ID)).isEmpty();
            assertThatThrownBy(() -> asTill(shop, "first").info()).isInstanceOf(CouchException.Forbidden.class);
        }
        awaitEqual(shop);
        eventually().untilAsserted(() -> {
            assertThat(there(sales(shop)).documents().get(Guard.ID)).isPresent();
            assertThat(there(sales(shop)).security())
                    .isEqualTo(here(sales(shop)).security());
        });
    }

    @Test
    void aShopWithVeryManyDocumentsDoesNotDelayOthers() {
        // Given
        var large = ready();
        var others = Stream.generate(this::ready).limit(5).toList();
        command(large, "pause");
        for (var written = 0; written < VERY_MANY; written += 1000) {
            here(sales(large))
                    .bulk()
                    .write(Stream.generate(() -> document(large)).limit(1000).toList());
        }
        // When
        command(large, "resume");
        others.forEach(shop -> here(sales(shop)).documents().put("sale-1", document(shop)));
        // Then
        eventually()
                .untilAsserted(() -> assertThat(others)
                        .allMatch(shop ->
                                there(sales(shop)).documents().get("sale-1").isPresent()));
        assertThat(there(sales(large)).info().documents()).isLessThan(VERY_MANY);
        eventually()
                .untilAsserted(
                        () -> assertThat(there(sales(large)).info().documents()).isGreaterThanOrEqualTo(VERY_MANY));
    }

    @Test
    void aShopThatIsSuspendedWhileItsDatabaseIsFilledIsNotOpened() {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        here(sales(shop)).documents().put("sale-1", document(shop));
        awaitEqual(shop);
        awaitState(shop, PairState.IDLE);
        try (var _ = Faults.standbyOverloaded("POST /" + sales(shop).physicalName() + "/_bulk_docs")) {
            there(sales(shop)).delete();
            here(sales(shop)).documents().put("sale-2", document(shop));
            awaitState(shop, PairState.RETRYING);
            // When
            var suspended = stage.publish(Shops.fact(new ShopEvent.SyncDisabled(shop, "unpaid")));
            stage.awaitTold(suspended, SyncEvent.ShopSuspended.class);
        }
        // Then
        awaitEqual(shop);
        eventually().untilAsserted(() -> {
            assertThat(there(sales(shop)).security()).isEqualTo(SecurityPolicy.CLOSED);
            assertThat(there(sales(shop)).documents().get(Guard.ID)).isPresent();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "SECURITY_DRIFT, PUT /shop_%s_sales/_security",
        "GUARD_DRIFT, PUT /shop_%s_sales/_design",
        "USER_DRIFT, POST /_users/_bulk_docs"
    })
    void driftAtTheStandbyIsFoundOnceAlsoWhereTheAnswerToItsRepairIsLost(FindingKind kind, String repair) {
        // Given
        var shop = ready();
        try (var _ = Faults.standbyLosesAnswers(1, repair.formatted(shop))) {
            // When
            harm(shop, kind);
            lookAgain(shop);
            // Then
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stage.found(shop))
                            .singleElement()
                            .satisfies(finding -> {
                                assertThat(finding.finding()).isEqualTo(kind);
                                assertThat(finding.details())
                                        .containsEntry("place", "standby")
                                        .containsKey("found");
                            }));
        }
        assertThat(there(sales(shop)).security()).isEqualTo(here(sales(shop)).security());
        assertThat(there(sales(shop)).documents().get(Guard.ID)).isPresent();
        assertThat(asTill(shop, "first").info().name()).isNotEmpty();
        // And when it is looked at again for something else
        var found = there(sales(shop)).security();
        there(sales(shop)).putSecurity(SecurityDocument.EMPTY);
        lookAgain(shop);
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stage.found(shop))
                        .extracting(FindingRaised::finding)
                        .containsExactly(kind, FindingKind.SECURITY_DRIFT));
        assertThat(there(sales(shop)).security()).isEqualTo(found);
        assertThat(stage.found(shop).getLast().details()).containsEntry("found", SecurityDocument.EMPTY.toString());
        await().untilAsserted(() -> assertThat(stage.told(shop, SyncEvent.DriftRepaired.class))
                .extracting(SyncEvent.DriftRepaired::place)
                .containsExactly(Optional.of(RepairPlace.STANDBY), Optional.of(RepairPlace.STANDBY)));
    }

    @Test
    void aNewWishIsNoDriftAtTheStandby() {
        // Given
        var shop = ready();
        // When
        rotateAndAwait(shop);
        // Then
        assertThat(asTill(shop, "second").info().name()).isNotEmpty();
        there(sales(shop)).putSecurity(SecurityDocument.EMPTY);
        lookAgain(shop);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stage.found(shop))
                        .extracting(FindingRaised::finding)
                        .containsExactly(FindingKind.SECURITY_DRIFT));
    }

    /** Returns once the standby has the second password. No login is tried before: CouchDB locks one out after five failures. */
    private static void rotateAndAwait(ShopId shop) {
        var before = standby.users().get(shop.syncLogin()).orElseThrow().rev();
        stage.publish(Shops.fact(new ShopEvent.CredentialsRotated(shop, Shops.logins(shop, "second"))));
        eventually()
                .untilAsserted(() -> assertThat(standby.users()
                                .get(shop.syncLogin())
                                .orElseThrow()
                                .rev())
                        .isNotEqualTo(before));
    }

    private static void harm(ShopId shop, FindingKind kind) {
        switch (kind) {
            case SECURITY_DRIFT -> there(sales(shop)).putSecurity(SecurityDocument.EMPTY);
            case GUARD_DRIFT -> {
                var guard = there(sales(shop)).documents().get(Guard.ID).orElseThrow();
                there(sales(shop))
                        .documents()
                        .delete(Guard.ID, guard.path("_rev").asText());
            }
            case USER_DRIFT -> {
                var user = standby.users().get(shop.syncLogin()).orElseThrow();
                standby.users().put(new UserDocument(user.name(), Set.of(), user.key(), user.rev()));
            }
            default -> throw new IllegalArgumentException(kind + " is no drift");
        }
    }

    /** As after the time of a full pass. */
    private void lookAgain(ShopId shop) {
        eventually()
                .untilAsserted(() -> assertThat(jdbc.update(
                                "update standby_shop set settled_at = now() - interval '1 day'"
                                        + " where shop = ? and settled_at > now() - interval '1 hour'",
                                shop.value()))
                        .isOne());
        here(sales(shop)).documents().put(UUID.randomUUID().toString(), document(shop));
    }

    private static Database asTill(ShopId shop, String secret) {
        return standby.as(Credentials.basic(shop.syncLogin(), Shops.password(shop, secret)))
                .database(sales(shop).physicalName());
    }
}
