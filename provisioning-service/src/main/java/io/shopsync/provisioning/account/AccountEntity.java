package io.shopsync.provisioning.account;

import io.shopsync.contracts.ShopId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** An account. */
@Entity(name = "Account")
@Table(name = "account")
class AccountEntity {

    @Id
    String name;

    @Column(name = "password_salt")
    byte[] passwordSalt;

    @Column(name = "password_hash")
    byte[] passwordHash;

    int iterations;

    String[] roles;

    String[] shops;

    @Column(name = "created_at")
    Instant createdAt;

    protected AccountEntity() {}

    static AccountEntity of(
            String name, PasswordHash hash, Collection<Role> roles, Collection<ShopId> shops, Instant now) {
        var entity = new AccountEntity();
        entity.name = name;
        entity.keep(hash);
        entity.roles = roles.stream().map(Role::claim).sorted().toArray(String[]::new);
        entity.shops = shops.stream().map(ShopId::value).sorted().toArray(String[]::new);
        entity.createdAt = now;
        return entity;
    }

    void keep(PasswordHash hash) {
        passwordSalt = hash.salt();
        passwordHash = hash.hash();
        iterations = hash.iterations();
    }

    PasswordHash hash() {
        return new PasswordHash(passwordSalt, passwordHash, iterations);
    }

    List<String> roles() {
        return Arrays.asList(roles);
    }

    List<String> shops() {
        return Arrays.asList(shops);
    }
}
