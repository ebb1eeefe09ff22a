package io.shopsync.orchestrator.security;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.couchdb.database.SecurityDocument.Group;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The rules by which each shop's databases are isolated.
 *
 * @param shopAdmin what a shop's own admin login is to CouchDB
 * @param guard what CouchDB refuses
 * @param revisionsLimit how many revisions of each document a database keeps the ids of
 */
public record SecurityPolicy(ShopAdmin shopAdmin, Guard guard, int revisionsLimit) {

    /** What CouchDB gives a new database for its {@code _revs_limit}. */
    public static final int COUCHDBS_REVISIONS_LIMIT = 1000;

    /** What a new database has: server admins alone. Also what a suspended shop's databases have. */
    public static final SecurityDocument CLOSED =
            new SecurityDocument(new Group(Set.of(), Set.of("_admin")), new Group(Set.of(), Set.of("_admin")));

    /** What a shop's own admin login is to CouchDB. */
    public enum ShopAdmin {
        /** Reads and writes documents like the tills. */
        MEMBER,
        /** Also writes design documents and {@code _security}. */
        ADMIN
    }

    /** The {@code _security} of a database that a shop's tills may sync. */
    public SecurityDocument open(ShopId shop) {
        var admins = switch (shopAdmin) {
            case MEMBER -> Set.<String>of();
            case ADMIN -> Set.of(shop.adminLogin());
        };
        return new SecurityDocument(
                new Group(admins, Set.of("_admin")),
                new Group(Set.of(shop.syncLogin(), shop.adminLogin()), Set.of(shop.role())));
    }

    /**
     * Tells policies apart, over restarts and versions: a shop whose databases were made by another fingerprint is
     * brought up to date, and what differs there is no sign of tampering.
     */
    public String fingerprint() {
        var shop = new ShopId("example");
        var login = new LoginKey(shop.syncLogin(), LoginKey.Kind.SYNC, "sha256", 1, "salt", "key");
        var rules = List.of(open(shop), CLOSED, guard.documentFor(shop), LoginDocument.of(shop, login), revisionsLimit);
        return UUID.nameUUIDFromBytes(rules.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
