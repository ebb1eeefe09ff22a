package io.shopsync.provisioning.account;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The key that signs tokens, made by the first replica that needed it. */
@Entity(name = "SigningKey")
@Table(name = "signing_key")
class SigningKeyEntity {

    /** There is one. */
    static final String CURRENT = "current";

    @Id
    String id;

    @Column(name = "key_id")
    String keyId;

    byte[] box;

    @Column(name = "created_at")
    Instant createdAt;

    protected SigningKeyEntity() {}
}
