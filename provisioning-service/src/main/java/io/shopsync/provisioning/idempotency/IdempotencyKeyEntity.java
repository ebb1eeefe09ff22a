package io.shopsync.provisioning.idempotency;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A key that was used. */
@Entity(name = "IdempotencyKey")
@Table(name = "idempotency_key")
@IdClass(IdempotencyKeyEntity.Id.class)
class IdempotencyKeyEntity {

    @jakarta.persistence.Id
    String caller;

    @jakarta.persistence.Id
    String key;

    @Column(name = "request_hash")
    byte[] requestHash;

    /** Identifies what the request made. */
    UUID answer;

    @Column(name = "used_at")
    Instant usedAt;

    protected IdempotencyKeyEntity() {}

    /** A caller's key. */
    record Id(String caller, String key) {}
}
