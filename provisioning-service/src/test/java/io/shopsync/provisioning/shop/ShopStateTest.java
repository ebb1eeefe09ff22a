package io.shopsync.provisioning.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.contracts.sync.SyncEvent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ShopStateTest {

    private static final ShopId SHOP = new ShopId("acme");
    private static final DatabaseName SALES = new DatabaseName("sales");
    private static final DatabaseName USERS = new DatabaseName("users");
    private static final DatabaseName EXTRA = new DatabaseName("extra");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final ShopState NEW = ShopState.signedUp(List.of(USERS, SALES));
    private static final ShopState READY = NEW.after(provisioned(SALES, USERS), NOON);

    @Test
    void isRequestedWithAllItsDatabasesAtFirst() {
        assertThat(NEW.status()).isEqualTo(ShopStatus.REQUESTED);
        assertThat(NEW.databases())
                .extracting(DatabaseState::name, DatabaseState::status)
                .containsExactly(tuple(SALES, DatabaseStatus.REQUESTED), tuple(USERS, DatabaseStatus.REQUESTED));
    }

    @Test
    void becomesReadyWithItsDatabases() {
        // When
        var started = NEW.after(new SyncEvent.ProvisioningStarted(SHOP), NOON);
        var ready = started.after(provisioned(SALES, USERS), NOON);
        // Then
        assertThat(started.status()).isEqualTo(ShopStatus.PROVISIONING);
        assertThat(ready.status()).isEqualTo(ShopStatus.READY);
        assertThat(ready.readyAt()).contains(NOON);
        assertThat(ready.databases()).extracting(DatabaseState::status).containsOnly(DatabaseStatus.READY);
    }

    @Test
    void keepsTheTimeItWasFirstReady() {
        // When
        var again = READY.rotate().after(provisioned(SALES, USERS), LATER);
        // Then
        assertThat(again.status()).isEqualTo(ShopStatus.READY);
        assertThat(again.readyAt()).contains(NOON);
    }

    @Test
    void saysWhyItWaitsAndForgetsItWhenReady() {
        // When
        var delayed = NEW.after(
                new SyncEvent.ProvisioningDelayed(SHOP, ReasonCode.COUCHDB_UNREACHABLE, "refused", 2, LATER), NOON);
        var ready = delayed.after(provisioned(SALES, USERS), LATER);
        // Then
        assertThat(delayed.status()).isEqualTo(ShopStatus.DELAYED);
        assertThat(delayed.trouble())
                .contains(new Trouble(ReasonCode.COUCHDB_UNREACHABLE, "refused", Optional.of(LATER)));
        assertThat(ready.trouble()).isEmpty();
    }

    @Test
    void isTriedAgainByResumingAfterAFailure() {
        // Given
        var failed = NEW.after(new SyncEvent.ProvisioningFailed(SHOP, ReasonCode.COUCHDB_REFUSED_REQUEST, "bad"), NOON);
        // When
        var resumed = failed.resume().orElseThrow();
        // Then
        assertThat(failed.status()).isEqualTo(ShopStatus.FAILED);
        assertThat(resumed.status()).isEqualTo(ShopStatus.PROVISIONING);
        assertThat(resumed.trouble()).isEmpty();
    }

    @Test
    void staysReadyWhileDriftIsRepaired() {
        assertThat(READY.after(new SyncEvent.ProvisioningStarted(SHOP), LATER)).isEqualTo(READY);
        assertThat(READY.after(new SyncEvent.DriftRepaired(SHOP, List.of(), Optional.empty()), LATER))
                .isEqualTo(READY);
    }

    @Test
    void isSuspendedOnlyWhenCouchDbRefusesItsLogins() {
        // When
        var suspending = READY.suspend().orElseThrow();
        var suspended = suspending.after(new SyncEvent.ShopSuspended(SHOP), LATER);
        // Then
        assertThat(suspending.status()).isEqualTo(ShopStatus.SUSPENDING);
        assertThat(suspended.status()).isEqualTo(ShopStatus.SUSPENDED);
        assertThat(suspended.suspend()).isEmpty();
        assertThat(suspended.resume()).get().extracting(ShopState::status).isEqualTo(ShopStatus.PROVISIONING);
    }

    @Test
    void staysSuspendingWithAReasonWhileCouchDbIsAway() {
        // When
        var waiting = READY.suspend()
                .orElseThrow()
                .after(
                        new SyncEvent.ProvisioningDelayed(SHOP, ReasonCode.COUCHDB_UNREACHABLE, "refused", 1, LATER),
                        NOON);
        // Then
        assertThat(waiting.status()).isEqualTo(ShopStatus.SUSPENDING);
        assertThat(waiting.trouble()).isPresent();
    }

    @Test
    void goesThroughDeletingToDeletedAndStaysThere() {
        // When
        var deleting = READY.delete(LATER).orElseThrow();
        var withoutLogins = deleting.after(new SyncEvent.ShopRemoved(SHOP, false), NOON);
        var deleted = withoutLogins.after(new SyncEvent.ShopRemoved(SHOP, true), LATER);
        // Then
        assertThat(deleting.purgeAfter()).contains(LATER);
        assertThat(withoutLogins.status()).isEqualTo(ShopStatus.DELETING);
        assertThat(deleted.status()).isEqualTo(ShopStatus.DELETED);
        assertThat(deleted.databases()).isEmpty();
        assertThat(deleted.after(provisioned(SALES, USERS), LATER)).isEqualTo(deleted);
        assertThat(deleted.delete(LATER)).isEmpty();
    }

    @Test
    void followsItsDatabasesOneByOne() {
        // When
        var changed = READY.withDatabases(Set.of(SALES, EXTRA)).orElseThrow();
        var ready = changed.after(provisioned(SALES, EXTRA), LATER);
        // Then
        assertThat(changed.status()).isEqualTo(ShopStatus.PROVISIONING);
        assertThat(changed.databases())
                .extracting(DatabaseState::status)
                .containsExactly(DatabaseStatus.REQUESTED, DatabaseStatus.READY, DatabaseStatus.RETIRING);
        assertThat(ready.databases()).extracting(DatabaseState::name).containsExactly(EXTRA, SALES);
        assertThat(ready.withDatabases(Set.of(EXTRA, SALES))).isEmpty();
    }

    @Test
    void takesADatabaseBackThatWasGoing() {
        // When
        var back = READY.withDatabases(Set.of(SALES))
                .orElseThrow()
                .withDatabases(Set.of(SALES, USERS))
                .orElseThrow();
        // Then
        assertThat(back.databases())
                .extracting(DatabaseState::status)
                .containsExactly(DatabaseStatus.READY, DatabaseStatus.REQUESTED);
    }

    @Test
    void leavesASuspendedShopSuspendedWhenItsPasswordsChange() {
        // Given
        var suspended = READY.suspend().orElseThrow().after(new SyncEvent.ShopSuspended(SHOP), NOON);
        // When Then
        assertThat(suspended.rotate()).isEqualTo(suspended);
        assertThat(suspended.withDatabases(Set.of(SALES)).orElseThrow().status())
                .isEqualTo(ShopStatus.SUSPENDED);
    }

    @ParameterizedTest
    @EnumSource(
            value = ShopStatus.class,
            names = {"READY", "FAILED", "SUSPENDED", "DELETED"})
    void isSettledWhereNothingMoreHappensByItself(ShopStatus status) {
        assertThat(status.isSettled()).isTrue();
    }

    private static SyncEvent.ShopProvisioned provisioned(DatabaseName... databases) {
        return new SyncEvent.ShopProvisioned(
                SHOP,
                Arrays.stream(databases)
                        .map(name ->
                                new SyncEvent.DatabaseReady(name, name.of(SHOP).physicalName(), NOON))
                        .toList());
    }
}
