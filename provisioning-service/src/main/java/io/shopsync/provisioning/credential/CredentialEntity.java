package io.shopsync.provisioning.credential;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.platform.sealing.KeyRing;
import io.shopsync.platform.sealing.Sealed;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A login of a shop with its sealed password; a login's new password replaces the old one. */
@Entity(name = "Credential")
@Table(name = "credential")
class CredentialEntity {

    @Id
    String login;

    @Column(name = "shop_id")
    String shopId;

    @Enumerated(EnumType.STRING)
    LoginKey.Kind kind;

    @Column(name = "key_id")
    String keyId;

    byte[] box;

    @Column(name = "issued_at")
    Instant issuedAt;

    protected CredentialEntity() {}

    static CredentialEntity of(ShopId shop, String login, LoginKey.Kind kind, Instant issuedAt) {
        var entity = new CredentialEntity();
        entity.login = login;
        entity.shopId = shop.value();
        entity.kind = kind;
        entity.issuedAt = issuedAt;
        return entity;
    }

    /** Shop and login are what the password is sealed for. */
    void seal(Password password, KeyRing ring) {
        var sealed = ring.seal(password.ascii(), shopId, login);
        keyId = sealed.keyId();
        box = sealed.box();
    }

    Password open(KeyRing ring) {
        return Password.ofAscii(ring.open(new Sealed(keyId, box), shopId, login));
    }
}
