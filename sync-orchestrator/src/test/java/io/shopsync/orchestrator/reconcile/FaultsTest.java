package io.shopsync.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.user.UserDocument;
import io.shopsync.orchestrator.Faults;
import io.shopsync.orchestrator.OrchestratorTest;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.couchdb.CouchReason;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.security.LoginDocument;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens when CouchDB, or the way to it, fails. */
@OrchestratorTest
class FaultsTest {

    private static Stage stage;

    @Inject
    LoginStore logins;

    @BeforeAll
    static void open() {
        stage = new Stage();
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    /** A step whose answer is lost is what a crash right after it leaves behind. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /shop_%s_sales\\?",
                "PUT /shop_%s_sales/_design",
                "PUT /shop_%s_sales/_security",
                "POST /_users/_bulk_docs"
            })
    void goesOnFromAnyStepThatTookEffectUnseen(String step) {
        // Given
        var created = Shops.created(Shops.fresh());
        try (var _ = Faults.loseFirstAnswer(step.formatted(created.body().shop()))) {
            // When
            stage.ready(created);
        }
        // Then
        assertIsolated(created.body().shop());
        assertThat(stage.told(created.body().shop(), SyncEvent.ProvisioningDelayed.class))
                .extracting(SyncEvent.ProvisioningDelayed::reason)
                .containsExactly(ReasonCode.COUCHDB_UNREACHABLE);
        assertThat(stage.told(created.body().shop(), SyncEvent.ShopProvisioned.class))
                .hasSize(1);
    }

    static Stream<Arguments> repairs() {
        return Stream.of(
                arguments(FindingKind.GUARD_DRIFT, "PUT /shop_%s_sales/_design"),
                arguments(FindingKind.SECURITY_DRIFT, "PUT /shop_%s_sales/_security"),
                arguments(FindingKind.USER_DRIFT, "POST /_users/_bulk_docs"));
    }

    /** Once it is repaired, CouchDB no longer shows that there was anything wrong. */
    @ParameterizedTest
    @MethodSource("repairs")
    void aRepairThatTookEffectUnseenIsReportedOnce(FindingKind kind, String repair) {
        // Given
        var shop = stage.ready(Shops.created(Shops.fresh()));
        try (var _ = Faults.loseFirstAnswer(repair.formatted(shop))) {
            // When
            harm(shop, kind);
            stage.askToReconcile(shop);
            // Then
            await().untilAsserted(() -> assertThat(stage.found(shop))
                    .extracting(FindingRaised::finding)
                    .containsExactly(kind));
        }
        assertIsolated(shop);
        // And when it is looked at again
        stage.couch().database("shop_" + shop + "_products").putSecurity(SecurityDocument.EMPTY);
        stage.askToReconcile(shop);
        // Then
        await().untilAsserted(() -> assertThat(stage.found(shop))
                .extracting(FindingRaised::finding)
                .containsExactly(kind, FindingKind.SECURITY_DRIFT));
        await().untilAsserted(() ->
                assertThat(stage.told(shop, SyncEvent.DriftRepaired.class)).hasSize(2));
    }

    private static void harm(ShopId shop, FindingKind kind) {
        var sales = stage.couch().database("shop_" + shop + "_sales");
        switch (kind) {
            case GUARD_DRIFT -> {
                var guard = sales.documents().get(Guard.ID).orElseThrow();
                sales.documents().delete(Guard.ID, guard.path("_rev").asText());
            }
            case SECURITY_DRIFT -> sales.putSecurity(SecurityDocument.EMPTY);
            case USER_DRIFT -> {
                var user = stage.couch().users().get(shop.syncLogin()).orElseThrow();
                stage.couch().users().put(new UserDocument(user.name(), Set.of(), user.key(), user.rev()));
            }
            default -> throw new IllegalArgumentException(kind + " is no drift");
        }
    }

    @Test
    void shopsWaitWithAReasonWhileCouchDBIsAwayAndAreMadeWhenItReturns() {
        // Given
        List<Envelope<ShopEvent.Created>> created;
        int asked;
        try (var _ = Faults.away()) {
            // When
            created = IntStream.range(0, 60)
                    .mapToObj(_ -> stage.publish(Shops.created(Shops.fresh())))
                    .toList();
            // Then
            for (var shop : created) {
                await().untilAsserted(() -> assertThat(
                                stage.told(shop.body().shop(), SyncEvent.ProvisioningDelayed.class))
                        .isNotEmpty()
                        .allSatisfy(delayed -> assertThat(delayed.reason()).isEqualTo(ReasonCode.COUCHDB_UNREACHABLE)));
            }
            asked = Faults.seen("").size();
            await().pollDelay(Duration.ofSeconds(3))
                    .untilAsserted(() -> assertThat(Faults.seen(""))
                            .as("requests while it is away")
                            .hasSizeLessThan(asked + 10));
        }
        // When it returns
        for (var shop : created) {
            stage.awaitTold(shop, SyncEvent.ShopProvisioned.class);
        }
        // Then
        assertIsolated(created.getLast().body().shop());
    }

    @Test
    void oneShopThatCouchDBDoesNotAnswerHoldsUpNoOther() {
        // Given
        var stuck = Shops.created(Shops.fresh());
        try (var _ = Faults.hang("/shop_" + stuck.body().shop() + "_")) {
            stage.publish(stuck);
            await().until(() ->
                    !Faults.seen("/shop_" + stuck.body().shop() + "_").isEmpty());
            // When
            var others = IntStream.range(0, 40)
                    .mapToObj(_ -> stage.publish(Shops.created(Shops.fresh())))
                    .toList();
            // Then
            others.forEach(other -> stage.awaitTold(other, SyncEvent.ShopProvisioned.class));
            assertThat(stage.told(stuck.body().shop(), SyncEvent.ShopProvisioned.class))
                    .isEmpty();
        }
        stage.awaitTold(stuck, SyncEvent.ShopProvisioned.class);
    }

    @Test
    void aShopThatCouchDBRefusesFailsWithAReasonAndIsTriedAnewWhenAsked() {
        // Given
        var created = Shops.created(Shops.fresh());
        var shop = created.body().shop();
        try (var _ = Faults.refuse("PUT /shop_" + shop + "_sales\\?")) {
            // When
            stage.publish(created);
            var failed = stage.awaitTold(created, SyncEvent.ProvisioningFailed.class);
            // Then
            assertThat(failed.reason()).isEqualTo(ReasonCode.COUCHDB_REFUSED_REQUEST);
        }
        // When
        stage.askToReconcile(shop);
        // Then
        stage.awaitTold(created, SyncEvent.ShopProvisioned.class);
        assertIsolated(shop);
    }

    @Test
    void aLoginThatCouchDBRefusesFailsNoneOfThoseThatTravelWithIt() {
        // Given
        var shop = Shops.fresh();
        var good = Shops.logins(shop, "first").getFirst();
        var bad = LoginDocument.of(shop, good)
                .put("_id", LoginDocument.idOf("_bad"))
                .put("name", "_bad");
        // When
        var write = List.<Step.OnLogin>of(
                new Step.PutLogin("_bad", bad), new Step.PutLogin(good.login(), LoginDocument.of(shop, good)));
        // Then
        assertThatThrownBy(() -> logins.write(write))
                .isInstanceOfSatisfying(
                        LoginRefused.class,
                        refused -> assertThat(refused.reason())
                                .isEqualTo(new CouchReason(ReasonCode.COUCHDB_REFUSED_REQUEST, false)));
        assertThat(logins.read(List.of("_bad", good.login())))
                .extracting(Optional::isPresent)
                .containsExactly(false, true);
    }

    @Test
    void adoptsADatabaseThatIsThereAlready() {
        // Given
        var created = Shops.created(Shops.fresh());
        stage.couch().database("shop_" + created.body().shop() + "_sales").create(1);
        // When
        stage.ready(created);
        // Then
        assertIsolated(created.body().shop());
    }

    private static void assertIsolated(ShopId shop) {
        for (var name : stage.couch().databases("shop_" + shop + "_")) {
            var database = stage.couch().database(name);
            assertThat(database.security().members().names())
                    .containsExactlyInAnyOrder(shop.syncLogin(), shop.adminLogin());
            assertThat(database.documents().get("_design/shopsync-guard")).isPresent();
        }
        assertThat(stage.couch().users().get(shop.syncLogin())).isPresent();
    }
}
