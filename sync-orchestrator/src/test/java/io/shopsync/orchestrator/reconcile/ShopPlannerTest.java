package io.shopsync.orchestrator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.Wishes;
import io.shopsync.orchestrator.reconcile.Step.CreateDatabase;
import io.shopsync.orchestrator.reconcile.Step.DropDatabase;
import io.shopsync.orchestrator.reconcile.Step.InstallGuard;
import io.shopsync.orchestrator.reconcile.Step.LimitRevisions;
import io.shopsync.orchestrator.reconcile.Step.PutLogin;
import io.shopsync.orchestrator.reconcile.Step.RemoveLogin;
import io.shopsync.orchestrator.reconcile.Step.SecureDatabase;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.security.LoginDocument;
import io.shopsync.orchestrator.security.SecurityPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class ShopPlannerTest {

    private static final SecurityPolicy POLICY =
            new SecurityPolicy(SecurityPolicy.ShopAdmin.MEMBER, new Guard(Guard.Deletions.MARKED), 1000);
    private static final ShopId ACME = new ShopId("acme");
    private static final ShopDatabase SALES = new DatabaseName("sales").of(ACME);
    private static final ShopDatabase STOCK = new DatabaseName("stock").of(ACME);

    private final ShopPlanner planner = new ShopPlanner(POLICY);

    @Test
    void makesANewShopsDatabasesClosedThenGuardedThenOpen() {
        // Given
        var shop = Wishes.of(Shops.created(ACME, Shops.databases("sales", "stock")));
        // When
        var plan = planner.plan(shop, ObservedShop.nothingOf(shop));
        // Then
        assertThat(plan)
                .filteredOn(Step.OnDatabase.class::isInstance)
                .containsExactly(
                        new CreateDatabase(SALES),
                        new InstallGuard(SALES, Optional.empty()),
                        new SecureDatabase(SALES, POLICY.open(ACME)),
                        new CreateDatabase(STOCK),
                        new InstallGuard(STOCK, Optional.empty()),
                        new SecureDatabase(STOCK, POLICY.open(ACME)));
        assertThat(plan)
                .filteredOn(PutLogin.class::isInstance)
                .extracting(step -> ((PutLogin) step).login())
                .containsExactly("shop_acme_sync", "shop_acme_admin");
    }

    @Test
    void leavesAShopAloneThatIsAsWished() {
        // Given
        var shop = acme();
        // Then
        assertThat(planner.plan(shop, asWished(shop))).isEmpty();
    }

    @Test
    void resumesADatabaseThatWasLeftWithoutGuard() {
        // Given
        var shop = acme();
        var observed = with(asWished(shop), SALES, present(SecurityPolicy.CLOSED, Optional.empty()));
        // Then
        assertThat(planner.plan(shop, observed))
                .containsExactly(
                        new InstallGuard(SALES, Optional.empty()), new SecureDatabase(SALES, POLICY.open(ACME)));
    }

    @Test
    void leavesNewDatabasesOfAReplicaClosedAndWithoutGuardUntilTheyAreFilled() {
        // Given
        var shop = Wishes.of(Shops.created(ACME, Shops.databases("sales", "stock")));
        // When
        var made = planner.planUnfilled(shop, ObservedShop.nothingOf(shop));
        var observed = with(asWished(shop), SALES, present(SecurityPolicy.CLOSED, Optional.empty()));
        // Then
        assertThat(made)
                .filteredOn(Step.OnDatabase.class::isInstance)
                .containsExactly(new CreateDatabase(SALES), new CreateDatabase(STOCK));
        assertThat(ShopPlanner.unfilled(shop, ObservedShop.nothingOf(shop))).containsExactlyInAnyOrder(SALES, STOCK);
        assertThat(planner.planUnfilled(shop, observed)).isEmpty();
        assertThat(ShopPlanner.unfilled(shop, observed)).containsExactly(SALES);
        assertThat(planner.planOpening(SALES))
                .containsExactly(
                        new InstallGuard(SALES, Optional.empty()), new SecureDatabase(SALES, POLICY.open(ACME)));
    }

    @Test
    void mendsADatabaseOfAReplicaThatIsOpenWithoutItsGuard() {
        // Given
        var shop = acme();
        var observed = with(asWished(shop), SALES, present(POLICY.open(ACME), Optional.empty()));
        // Then
        assertThat(planner.planUnfilled(shop, observed)).containsExactly(new InstallGuard(SALES, Optional.empty()));
        assertThat(ShopPlanner.unfilled(shop, observed)).isEmpty();
    }

    @Test
    void closesADatabaseThatSomeoneOpenedBeforeItMendsItsGuard() {
        // Given
        var shop = acme();
        var observed = with(asWished(shop), SALES, present(SecurityDocument.EMPTY, Optional.empty()));
        // Then
        assertThat(planner.plan(shop, observed))
                .containsExactly(
                        new SecureDatabase(SALES, POLICY.open(ACME)), new InstallGuard(SALES, Optional.empty()));
    }

    @Test
    void takesASecurityDocumentThatCannotBeReadForTheWorst() {
        // Given
        var shop = acme();
        var observed = with(
                asWished(shop), SALES, new ObservedDatabase.Present(Optional.empty(), Optional.of(guard("3-x")), 1000));
        // Then
        assertThat(planner.plan(shop, observed)).containsExactly(new SecureDatabase(SALES, POLICY.open(ACME)));
    }

    @Test
    void putsTheRevisionsLimitBackLastOfAll() {
        // Given
        var shop = acme();
        var observed = with(
                asWished(shop),
                SALES,
                new ObservedDatabase.Present(Optional.of(SecurityPolicy.CLOSED), Optional.empty(), 1));
        // Then
        assertThat(planner.plan(shop, observed))
                .containsExactly(
                        new InstallGuard(SALES, Optional.empty()),
                        new SecureDatabase(SALES, POLICY.open(ACME)),
                        new LimitRevisions(SALES, 1000));
    }

    @Test
    void givesNewDatabasesARevisionsLimitThatIsNotCouchDBsOwn() {
        // Given
        var shop = Wishes.of(Shops.created(ACME, Shops.databases("sales")));
        var policy = new SecurityPolicy(SecurityPolicy.ShopAdmin.MEMBER, new Guard(Guard.Deletions.MARKED), 200);
        // When
        var planner = new ShopPlanner(policy);
        // Then
        assertThat(planner.plan(shop, ObservedShop.nothingOf(shop)))
                .filteredOn(Step.OnDatabase.class::isInstance)
                .containsExactly(
                        new CreateDatabase(SALES),
                        new LimitRevisions(SALES, 200),
                        new InstallGuard(SALES, Optional.empty()),
                        new SecureDatabase(SALES, policy.open(ACME)));
        assertThat(planner.planUnfilled(shop, ObservedShop.nothingOf(shop)))
                .filteredOn(Step.OnDatabase.class::isInstance)
                .containsExactly(new CreateDatabase(SALES), new LimitRevisions(SALES, 200));
        assertThat(policy.fingerprint()).isNotEqualTo(POLICY.fingerprint());
    }

    @Test
    void replacesAChangedGuardAtItsRevision() {
        // Given
        var shop = acme();
        var changed = guard("7-x").put("validate_doc_update", "function () {}");
        var observed = with(asWished(shop), SALES, present(POLICY.open(ACME), Optional.of(changed)));
        // Then
        assertThat(planner.plan(shop, observed)).containsExactly(new InstallGuard(SALES, Optional.of("7-x")));
    }

    @Test
    void acceptsALoginWhoseKeyCouchDBHashedAnewAtItsFirstUse() {
        // Given
        var shop = acme();
        var observed = asWished(shop);
        var rehashed = login(observed, "shop_acme_sync")
                .put("_rev", "2-b")
                .put("iterations", 600_000)
                .put("salt", "another")
                .put("derived_key", "another");
        // Then
        assertThat(planner.plan(shop, with(observed, "shop_acme_sync", Optional.of(rehashed))))
                .isEmpty();
    }

    @Test
    void writesALoginAnewThatHasOneRoleMore() {
        // Given
        var shop = acme();
        var observed = asWished(shop);
        var promoted = login(observed, "shop_acme_sync");
        promoted.withArray("roles").add("shop_other");
        // When
        var plan = planner.plan(shop, with(observed, "shop_acme_sync", Optional.of(promoted)));
        // Then
        assertThat(plan).singleElement().isInstanceOfSatisfying(PutLogin.class, put -> {
            assertThat(put.login()).isEqualTo("shop_acme_sync");
            assertThat(put.document().path("_rev").asText()).isEqualTo("1-a");
            assertThat(put.document().path("roles")).hasSize(1);
        });
    }

    @Test
    void writesLoginsAnewWhenTheirKeysWereRotated() {
        // Given
        var shop = acme();
        var rotated = Wishes.after(shop, new ShopEvent.CredentialsRotated(ACME, Shops.logins(ACME, "second")));
        // Then
        assertThat(planner.plan(rotated, asWished(shop)))
                .hasOnlyElementsOfType(PutLogin.class)
                .hasSize(2);
    }

    @Test
    void locksASuspendedShopOutAndKeepsItsDatabases() {
        // Given
        var shop = acme();
        var suspended = Wishes.after(shop, new ShopEvent.SyncDisabled(ACME, "unpaid"));
        // Then
        assertThat(planner.plan(suspended, asWished(shop)))
                .containsExactly(
                        new RemoveLogin("shop_acme_sync", "1-a"),
                        new RemoveLogin("shop_acme_admin", "1-a"),
                        new SecureDatabase(SALES, SecurityPolicy.CLOSED));
    }

    @Test
    void makesNothingForAShopThatWasSuspendedBeforeItWasMade() {
        // Given
        var suspended = Wishes.after(acme(), new ShopEvent.SyncDisabled(ACME, "unpaid"));
        // Then
        assertThat(planner.plan(suspended, ObservedShop.nothingOf(suspended))).isEmpty();
    }

    @Test
    void closesADatabaseThatLeftTheCatalogueAndMakesTheOneThatCame() {
        // Given
        var shop = acme();
        var changed = Wishes.after(shop, new ShopEvent.DatabasesChanged(ACME, Shops.databases("stock")));
        var observed = with(asWished(shop), STOCK, new ObservedDatabase.Missing());
        // Then
        assertThat(planner.plan(changed, observed))
                .containsExactly(
                        new CreateDatabase(STOCK),
                        new InstallGuard(STOCK, Optional.empty()),
                        new SecureDatabase(STOCK, POLICY.open(ACME)),
                        new SecureDatabase(SALES, SecurityPolicy.CLOSED));
    }

    @Test
    void removesLoginsThenDatabases() {
        // Given
        var shop = acme();
        var deleted = Wishes.after(shop, new ShopEvent.Deleted(ACME, Instant.now()));
        // Then
        assertThat(planner.planRemoval(deleted, asWished(shop)))
                .containsExactly(
                        new RemoveLogin("shop_acme_sync", "1-a"),
                        new RemoveLogin("shop_acme_admin", "1-a"),
                        new DropDatabase(SALES));
    }

    @RepeatedTest(300)
    void reachesTheWishFromAnyStateEvenIfItsPlanIsCutOffAnywhere() {
        // Given
        var seed = System.nanoTime();
        var random = random(seed);
        var shop = anyWish(random);
        var couch = ModelCouch.inAnyState(POLICY, shop, random);
        // When
        var cutOff = planner.plan(shop, couch.observe(shop));
        cutOff.subList(0, random.nextInt(cutOff.size() + 1)).forEach(couch::apply);
        var rest = planner.plan(shop, couch.observe(shop));
        rest.forEach(couch::apply);
        // Then
        assertThat(planner.plan(shop, couch.observe(shop))).as("seed %d", seed).isEmpty();
        assertThat(rest).as("seed %d", seed).noneMatch(DropDatabase.class::isInstance);
    }

    @RepeatedTest(300)
    void neverOpensADatabaseThatHasNoGuard() {
        // Given
        var seed = System.nanoTime();
        var random = random(seed);
        var shop = anyWish(random);
        var couch = ModelCouch.inAnyState(POLICY, shop, random);
        var closed = shop.databases().stream()
                .filter(database ->
                        !couch.exists(database) || couch.security(database).equals(Optional.of(SecurityPolicy.CLOSED)))
                .toList();
        for (var step : planner.plan(shop, couch.observe(shop))) {
            // When
            couch.apply(step);
            // Then
            assertThat(closed)
                    .filteredOn(couch::exists)
                    .as("seed %d after %s", seed, step)
                    .allMatch(database -> couch.isGuarded(database)
                            || couch.security(database).equals(Optional.of(SecurityPolicy.CLOSED)));
        }
    }

    @RepeatedTest(100)
    void leavesNothingOfARemovedShop() {
        // Given
        var seed = System.nanoTime();
        var random = random(seed);
        var shop = anyWish(random);
        var couch = ModelCouch.inAnyState(POLICY, shop, random);
        // When
        planner.planRemoval(shop, couch.observe(shop)).forEach(couch::apply);
        // Then
        assertThat(shop.databases()).as("seed %d", seed).noneMatch(couch::exists);
        assertThat(shop.logins()).as("seed %d", seed).noneMatch(key -> couch.admits(key.login()));
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static DesiredShop anyWish(RandomGenerator random) {
        var shop = Wishes.of(Shops.created(ACME));
        if (random.nextBoolean()) {
            shop = Wishes.after(shop, new ShopEvent.DatabasesChanged(ACME, Shops.databases("sales", "stock")));
        }
        return switch (random.nextInt(3)) {
            case 0 -> shop;
            case 1 -> Wishes.after(shop, new ShopEvent.SyncDisabled(ACME, "unpaid"));
            default -> Wishes.after(shop, new ShopEvent.Deleted(ACME, Instant.now()));
        };
    }

    private static DesiredShop acme() {
        return Wishes.of(Shops.created(ACME, Shops.databases("sales")));
    }

    private static ObservedShop asWished(DesiredShop shop) {
        var databases = new HashMap<ShopDatabase, ObservedDatabase>();
        shop.databases()
                .forEach(database -> databases.put(database, present(POLICY.open(ACME), Optional.of(guard("1-a")))));
        var logins = new HashMap<String, Optional<ObjectNode>>();
        shop.logins()
                .forEach(key -> logins.put(
                        key.login(), Optional.of(LoginDocument.of(ACME, key).put("_rev", "1-a"))));
        return new ObservedShop(databases, logins);
    }

    private static ObservedShop with(ObservedShop observed, ShopDatabase database, ObservedDatabase other) {
        var databases = new HashMap<>(observed.databases());
        databases.put(database, other);
        return new ObservedShop(databases, observed.logins());
    }

    private static ObservedShop with(ObservedShop observed, String login, Optional<ObjectNode> other) {
        var logins = new HashMap<>(observed.logins());
        logins.put(login, other);
        return new ObservedShop(observed.databases(), logins);
    }

    private static ObjectNode login(ObservedShop observed, String login) {
        return observed.logins().get(login).orElseThrow().deepCopy();
    }

    private static ObservedDatabase present(SecurityDocument security, Optional<ObjectNode> guard) {
        return new ObservedDatabase.Present(Optional.of(security), guard, 1000);
    }

    private static ObjectNode guard(String revision) {
        return POLICY.guard().documentFor(ACME).put("_rev", revision);
    }
}
