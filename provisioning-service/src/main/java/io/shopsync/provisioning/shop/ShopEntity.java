package io.shopsync.provisioning.shop;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.provisioning.idempotency.RequestHash;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of the registry. */
@Entity(name = "Shop")
@Table(name = "shop")
class ShopEntity {

    @Id
    @Column(name = "shop_id")
    String shopId;

    String name;

    /** Who signed the shop up. */
    String owner;

    /** What the signup asked for, to tell its repetition from another's. */
    @Column(name = "signup_hash")
    byte[] signupHash;

    @Enumerated(EnumType.STRING)
    Wish wish;

    /** The event that made the present wish known: what the orchestrator says of it names it as the cause. */
    @Column(name = "wish_event")
    UUID wishEvent;

    @Enumerated(EnumType.STRING)
    ShopStatus status;

    @Enumerated(EnumType.STRING)
    ReasonCode reason;

    String detail;

    @Column(name = "retry_at")
    Instant retryAt;

    @JdbcTypeCode(SqlTypes.JSON)
    List<DatabaseState> databases;

    @Column(name = "signed_up_at")
    Instant signedUpAt;

    @Column(name = "ready_at")
    Instant readyAt;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "purge_after")
    Instant purgeAfter;

    /** Grows with each change, so that watchers can tell a state they have seen. */
    long revision;

    protected ShopEntity() {}

    static ShopEntity signedUp(SignupRequest request, String owner, RequestHash hash, UUID event, Instant now) {
        var entity = new ShopEntity();
        entity.shopId = request.shopId();
        entity.name = request.name();
        entity.owner = owner;
        entity.signupHash = hash.bytes();
        entity.wishEvent = event;
        entity.signedUpAt = now;
        entity.become(ShopState.signedUp(request.catalogue()), now);
        return entity;
    }

    ShopId id() {
        return new ShopId(shopId);
    }

    ShopState state() {
        var trouble = Optional.ofNullable(reason).map(code -> new Trouble(code, detail, Optional.ofNullable(retryAt)));
        return new ShopState(
                wish, status, trouble, databases, Optional.ofNullable(readyAt), Optional.ofNullable(purgeAfter));
    }

    /**
     * Takes over a new state.
     *
     * @return whether it differs from the present one
     */
    boolean become(ShopState next, Instant now) {
        if (wish != null && next.equals(state())) {
            return false;
        }
        wish = next.wish();
        status = next.status();
        reason = next.trouble().map(Trouble::reason).orElse(null);
        detail = next.trouble().map(Trouble::detail).orElse(null);
        retryAt = next.trouble().flatMap(Trouble::retryAt).orElse(null);
        databases = next.databases();
        readyAt = next.readyAt().orElse(null);
        purgeAfter = next.purgeAfter().orElse(null);
        changedAt = now;
        revision++;
        return true;
    }
}
