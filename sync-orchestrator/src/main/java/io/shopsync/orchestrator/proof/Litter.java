package io.shopsync.orchestrator.proof;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.document.DocumentRow;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.couchdb.user.PasswordKey;
import io.shopsync.couchdb.user.UserDocument;
import io.shopsync.orchestrator.couchdb.Couch;
import io.shopsync.orchestrator.isolation.UnownedDatabases;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.proof.matrix.Login;
import io.shopsync.orchestrator.proof.matrix.Who;
import io.shopsync.orchestrator.security.Guard;
import io.shopsync.orchestrator.security.LoginDocument;
import io.shopsync.orchestrator.security.SecurityPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What checks put into CouchDB for their time: logins with a shop's role, and a twin of a shop's database to do harm to.
 * Each is noted before it is made, so that it is taken away again whatever becomes of the process.
 */
@ApplicationScoped
class Litter {

    private static final String NOTE =
            "insert into isolation_check_litter (check_id, shop, kind, name) values (?, ?, ?, ?) on conflict do nothing";
    private static final String NOTED = """
            select name from isolation_check_litter where check_id = ? and shop = ? and kind = ? order by name
            """;
    private static final String CLEARED = "delete from isolation_check_litter where check_id = ? and shop = ?";
    private static final String OF_CHECK =
            "select distinct check_id, shop from isolation_check_litter where check_id = ?";
    private static final String ABANDONED = """
            select distinct check_id, isolation_check_litter.shop
            from isolation_check_litter join isolation_check on id = check_id where state in ('DONE', 'FAILED')
            """;

    private static final String LOGIN = "LOGIN";
    private static final String DATABASE = "DATABASE";
    private static final int PASSWORD_BYTES = 32;

    /** A password of 256 random bits needs no stretching. */
    private static final int ITERATIONS = 10;

    private final Couch couch;
    private final SecurityPolicy policy;
    private final Jdbc jdbc;
    private final SecureRandom random = new SecureRandom();

    Litter(Couch couch, SecurityPolicy policy, Jdbc jdbc) {
        this.couch = couch;
        this.policy = policy;
        this.jdbc = jdbc;
    }

    /** Makes a login for each of those who try to get at the shop's databases. */
    Map<Who, Login> logins(Check check, ShopId shop, Optional<ShopId> other) {
        var token = token(check);
        var own = "shop_" + shop + "_check-" + token;
        var role = Set.of(shop.role());
        var users = new ArrayList<UserDocument>();
        var logins = new EnumMap<Who, Login>(Who.class);
        logins.put(Who.OWN_SYNC, login(own + "-sync", role, users));
        logins.put(Who.OWN_ADMIN, login(own + "-admin", role, users));
        logins.put(Who.ROLE_HOLDER, login("shopsync-check-" + token + '-' + shop, role, users));
        logins.put(
                Who.OTHER_SHOP,
                other.map(stranger -> login(
                                "shop_" + stranger + "_check-" + token + '-' + shop, Set.of(stranger.role()), users))
                        .orElseGet(() -> login("shopsync-check-" + token + "-stranger-" + shop, Set.of(), users)));
        // A login of its own: CouchDB locks one out after five wrong passwords.
        var locked = login(own + "-wrong", role, users);
        logins.put(Who.WRONG_PASSWORD, Login.of(locked.name().orElseThrow(), "wrong"));
        logins.put(Who.ANONYMOUS, Login.NOBODY);
        users.forEach(user -> note(check, shop, LOGIN, user.name()));
        for (var outcome : couch.ask(server -> server.users().putAll(users))) {
            if (outcome instanceof WriteOutcome.Refused refused) {
                throw new IllegalStateException("a login of a check was not stored: " + refused.error());
            }
        }
        return logins;
    }

    /** Makes a database with the same rules as the shop's; returns its name. */
    String twin(Check check, ShopId shop) {
        var name = UnownedDatabases.CHECK_PREFIX + token(check) + '_' + shop;
        note(check, shop, DATABASE, name);
        couch.ask(server -> {
            var twin = server.database(name);
            twin.create(1);
            twin.documents().put(Guard.ID, policy.guard().documentFor(shop));
            twin.documents()
                    .put("existing", JsonNodeFactory.instance.objectNode().put("shopId", shop.value()));
            twin.putSecurity(policy.open(shop));
            return name;
        });
        return name;
    }

    /** Takes away what the check has left of its look at the shop. */
    void clear(Check check, ShopId shop) {
        clear(new Spot(check.id(), shop.value()));
    }

    /** Takes away all that the check has left. */
    void clear(Check check) {
        jdbc.query(OF_CHECK, Litter::spot, check.id()).forEach(this::clear);
    }

    /** Takes away what checks left that are over. */
    void clearAbandoned() {
        jdbc.query(ABANDONED, Litter::spot).forEach(this::clear);
    }

    private record Spot(UUID check, String shop) {}

    private static Spot spot(ResultSet row) throws SQLException {
        return new Spot(row.getObject("check_id", UUID.class), row.getString("shop"));
    }

    private void clear(Spot spot) {
        for (var name : names(spot, DATABASE)) {
            couch.ask(server -> server.database(name).delete());
        }
        var logins = names(spot, LOGIN);
        if (!logins.isEmpty()) {
            couch.ask(server -> purge(server, logins));
        }
        jdbc.update(CLEARED, spot.check(), spot.shop());
    }

    /** Purged rather than deleted: tombstones of logins that never were a shop's would pile up. */
    private static Map<String, List<String>> purge(CouchServer server, List<String> logins) {
        var users = server.database(LoginDocument.DATABASE);
        var revisions = new HashMap<String, List<String>>();
        for (var row : users.rows(logins.stream().map(LoginDocument::idOf).toList())) {
            if (row instanceof DocumentRow.Present present) {
                revisions.put(present.id(), List.of(present.rev()));
            }
        }
        return revisions.isEmpty() ? Map.of() : users.bulk().purge(revisions);
    }

    private Login login(String name, Set<String> roles, List<UserDocument> users) {
        var password = hex(PASSWORD_BYTES);
        users.add(UserDocument.create(
                name, roles, PasswordKey.derive(password.toCharArray(), hex(PASSWORD_BYTES / 2), ITERATIONS)));
        return Login.of(name, password);
    }

    private String hex(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private void note(Check check, ShopId shop, String kind, String name) {
        jdbc.update(NOTE, check.id(), shop.value(), kind, name);
    }

    private List<String> names(Spot spot, String kind) {
        return jdbc.query(NOTED, row -> row.getString(1), spot.check(), spot.shop(), kind);
    }

    private static String token(Check check) {
        return check.id().toString().substring(0, 8);
    }
}
