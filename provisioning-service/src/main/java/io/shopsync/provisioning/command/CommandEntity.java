package io.shopsync.provisioning.command;

import io.shopsync.contracts.ShopId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A command that was accepted. Its id is that of the event which made it known. */
@Entity(name = "Command")
@Table(name = "command")
class CommandEntity {

    @Id
    UUID id;

    @Column(name = "shop_id")
    String shopId;

    @Enumerated(EnumType.STRING)
    CommandKind kind;

    String actor;

    @Column(name = "requested_at")
    Instant requestedAt;

    @Enumerated(EnumType.STRING)
    CommandOutcome outcome;

    @Column(name = "finished_at")
    Instant finishedAt;

    protected CommandEntity() {}

    static CommandEntity pending(UUID id, ShopId shop, CommandKind kind, String actor, Instant now) {
        var entity = new CommandEntity();
        entity.id = id;
        entity.shopId = shop.value();
        entity.kind = kind;
        entity.actor = actor;
        entity.requestedAt = now;
        entity.outcome = CommandOutcome.PENDING;
        return entity;
    }

    /** A command that asks for what is so already. */
    static CommandEntity needless(UUID id, ShopId shop, CommandKind kind, String actor, Instant now) {
        var entity = pending(id, shop, kind, actor, now);
        entity.outcome = CommandOutcome.DONE;
        entity.finishedAt = now;
        return entity;
    }
}
