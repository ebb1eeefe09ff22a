package io.shopsync.orchestrator.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.orchestrator.reconcile.Shops;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DesiredShopTest {

    private static final ShopId ACME = new ShopId("acme");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void everyWishHasTheNextGenerationAndItsEventAsCause() throws UnfittingFact {
        // Given
        var shop = Wishes.of(Shops.created(ACME));
        var disabled = Shops.fact(new ShopEvent.SyncDisabled(ACME, "unpaid"));
        // When
        var after = shop.after(disabled);
        // Then
        assertThat(after.wanted()).isEqualTo(new Wanted.Suspended());
        assertThat(after.wish().generation()).isEqualTo(2);
        assertThat(after.wish().birth()).isEqualTo(1);
        assertThat(after.wish().event()).isEqualTo(disabled.id());
    }

    @Test
    void aFactThatIsNoWishChangesNothing() {
        // Given
        var shop = Wishes.of(Shops.created(ACME));
        // Then
        assertThat(Wishes.after(shop, new ShopEvent.ConnectionShown(ACME, List.of(ACME.syncLogin()))))
                .isSameAs(shop);
    }

    @Test
    void keepsWhatLeftTheCatalogueAsRetiredUntilItReturns() {
        // Given
        var shop = Wishes.of(Shops.created(ACME, Shops.databases("sales", "stock")));
        // When
        var without = Wishes.after(shop, new ShopEvent.DatabasesChanged(ACME, Shops.databases("stock")));
        var with = Wishes.after(without, new ShopEvent.DatabasesChanged(ACME, Shops.databases("sales")));
        // Then
        assertThat(without.catalogue().retired()).containsExactly(new DatabaseName("sales"));
        assertThat(with.catalogue().current()).containsExactly(new DatabaseName("sales"));
        assertThat(with.catalogue().retired()).containsExactly(new DatabaseName("stock"));
    }

    @Test
    void newKeysReplaceThoseOfTheSameLoginAlone() {
        // Given
        var shop = Wishes.of(Shops.created(ACME));
        var rotated = Shops.logins(ACME, "second").getFirst();
        // When
        var after = Wishes.after(shop, new ShopEvent.CredentialsRotated(ACME, List.of(rotated)));
        // Then
        assertThat(after.logins()).containsExactly(rotated, shop.logins().getLast());
    }

    @Test
    void aSignupUnderADeletedShopsIdStartsAfreshUntilItWasMade() {
        // Given
        var deleted = Wishes.after(Wishes.of(Shops.created(ACME)), new ShopEvent.Deleted(ACME, NOW));
        // When
        var again = Wishes.after(deleted, Shops.created(ACME).body());
        // Then
        assertThat(again.startsAfresh(1)).isTrue();
        assertThat(again.startsAfresh(2)).isTrue();
        assertThat(again.startsAfresh(3)).isFalse();
        assertThat(Wishes.after(again, new ShopEvent.SyncDisabled(ACME, "unpaid"))
                        .startsAfresh(3))
                .isFalse();
    }

    @Test
    void aSignupThatIsToldTwiceDoesNotStartAfresh() {
        // Given
        var shop = Wishes.of(Shops.created(ACME));
        // When
        var again = Wishes.after(shop, Shops.created(ACME).body());
        // Then
        assertThat(again.startsAfresh(0)).isFalse();
    }

    @Test
    void databasesArePurgedAtTheirTimeAndNoSooner() {
        // Given
        var deleted = new Wanted.Deleted(NOW);
        // Then
        assertThat(deleted.purgeDue(NOW.minusMillis(1))).isFalse();
        assertThat(deleted.purgeDue(NOW)).isTrue();
    }

    @Test
    void nothingButASignupCanBeAShopsFirstFact() {
        assertThatThrownBy(() -> DesiredShop.first(Shops.fact(new ShopEvent.SyncEnabled(ACME))))
                .isInstanceOf(UnfittingFact.class)
                .hasMessageContaining("no shop acme has signed up");
    }

    @Test
    void aDeletedShopIsNotBroughtBackByAnythingButASignup() {
        // Given
        var deleted = Wishes.after(Wishes.of(Shops.created(ACME)), new ShopEvent.Deleted(ACME, NOW));
        // Then
        assertThatThrownBy(() -> deleted.after(Shops.fact(new ShopEvent.SyncEnabled(ACME))))
                .isInstanceOf(UnfittingFact.class);
    }

    @Test
    void aFactNeverWritesAnotherShopsLogin() {
        // Given
        var shop = Wishes.of(Shops.created(ACME));
        var stolen = new ShopEvent.CredentialsRotated(ACME, Shops.logins(Shops.OTHER, "second"));
        var created = new ShopEvent.Created(ACME, "Acme", Shops.databases("sales"), Shops.logins(Shops.OTHER, "x"));
        // Then
        assertThatThrownBy(() -> shop.after(Shops.fact(stolen))).hasMessageContaining("no login shop_other_sync");
        assertThatThrownBy(() -> DesiredShop.first(Shops.fact(created)))
                .hasMessageContaining("no login shop_other_sync");
    }
}
