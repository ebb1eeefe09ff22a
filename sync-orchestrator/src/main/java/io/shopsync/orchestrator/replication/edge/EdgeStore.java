package io.shopsync.orchestrator.replication.edge;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent.EdgeDirection;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.platform.sealing.KeyRing;
import io.shopsync.platform.sealing.Sealed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The edges. A password is sealed for exactly its shop and edge, so that one moved to another row does not open. */
@ApplicationScoped
class EdgeStore {

    private static final String PUT = """
            insert into replication_edge as edge (
                shop, name, url, username, password, password_key, direction, databases, changed_by)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (shop, name) do update set
                url = excluded.url, username = excluded.username, password = excluded.password,
                password_key = excluded.password_key, direction = excluded.direction, databases = excluded.databases,
                changed_by = excluded.changed_by, changed_at = now(), version = edge.version + 1,
                polled_seq = null, poll_at = now(), poll_attempt = 0
            returning *
            """;
    private static final String ONE = "select * from replication_edge where shop = ? and name = ?";
    private static final String OF_SHOP = "select * from replication_edge where shop = ? order by name";
    private static final String PASSWORD =
            "select password, password_key from replication_edge where shop = ? and name = ?";
    private static final String DELETE = "delete from replication_edge where shop = ? and name = ?";
    private static final String DELETE_ALL = "delete from replication_edge where shop = ?";
    private static final String WITH_EDGES = "select distinct shop from replication_edge where shop = any(?)";
    private static final String CLAIM_POLLS = """
            update replication_edge set poll_at = now() + ? * interval '1 millisecond'
            where (shop, name) in (
                select shop, name from replication_edge
                where direction <> 'PUSH' and poll_at <= now()
                order by poll_at
                limit ?
                for update skip locked)
            returning *
            """;
    private static final String POLLED = """
            update replication_edge set
                polled_seq = coalesce(?, polled_seq), poll_attempt = ?, poll_at = now() + ? * interval '1 millisecond'
            where shop = ? and name = ? and version = ?
            """;

    private final Jdbc jdbc;
    private final Optional<KeyRing> keys;

    EdgeStore(Jdbc jdbc, EdgeConfig config) {
        this.jdbc = jdbc;
        this.keys = config.keys().map(KeyRing::parse);
    }

    /** Whether passwords can be sealed. */
    boolean sealsPasswords() {
        return keys.isPresent();
    }

    @Transactional
    Edge put(
            ShopId shop,
            String name,
            URI url,
            String username,
            String password,
            EdgeDirection direction,
            Collection<DatabaseName> databases,
            String by) {
        var sealed = keys.orElseThrow().seal(password.getBytes(StandardCharsets.UTF_8), "edge", shop.value(), name);
        return jdbc.first(
                        PUT,
                        EdgeStore::read,
                        shop.value(),
                        name,
                        url.toString(),
                        username,
                        sealed.box(),
                        sealed.keyId(),
                        direction.name(),
                        databases.stream().map(DatabaseName::value).sorted().toArray(String[]::new),
                        by)
                .orElseThrow();
    }

    @Transactional
    Optional<Edge> find(ShopId shop, String name) {
        return jdbc.first(ONE, EdgeStore::read, shop.value(), name);
    }

    @Transactional
    List<Edge> of(ShopId shop) {
        return jdbc.query(OF_SHOP, EdgeStore::read, shop.value());
    }

    /** Those of the shops that have an edge. */
    @Transactional
    Set<ShopId> withEdges(Collection<ShopId> shops) {
        return jdbc
                .query(WITH_EDGES, row -> new ShopId(row.getString(1)), (Object)
                        shops.stream().map(ShopId::value).distinct().toArray(String[]::new))
                .stream()
                .collect(Collectors.toSet());
    }

    /** @throws IllegalStateException where the key that sealed it is not configured any more */
    @Transactional
    String password(Edge edge) {
        var sealed = jdbc.first(
                        PASSWORD,
                        row -> new Sealed(row.getString("password_key"), row.getBytes("password")),
                        edge.shop().value(),
                        edge.name())
                .orElseThrow(() -> new IllegalStateException("there is no such edge any more"));
        var ring = keys.orElseThrow(() -> new IllegalStateException("shopsync.replication.edges.keys is missing"));
        return new String(ring.open(sealed, "edge", edge.shop().value(), edge.name()), StandardCharsets.UTF_8);
    }

    @Transactional
    boolean delete(ShopId shop, String name) {
        return jdbc.update(DELETE, shop.value(), name) > 0;
    }

    @Transactional
    void deleteAll(ShopId shop) {
        jdbc.update(DELETE_ALL, shop.value());
    }

    /** Edges that are due to be asked what has changed; each is left to the caller for a while. */
    @Transactional
    List<Edge> claimPolls(Duration lease, int limit) {
        return jdbc.query(CLAIM_POLLS, EdgeStore::read, lease.toMillis(), limit);
    }

    @Transactional
    void polled(Edge edge, Optional<String> seq, int attempt, Duration next) {
        jdbc.update(
                POLLED, seq.orElse(null), attempt, next.toMillis(), edge.shop().value(), edge.name(), edge.version());
    }

    private static Edge read(ResultSet row) throws SQLException {
        var databases = row.getArray("databases");
        try {
            return new Edge(
                    new ShopId(row.getString("shop")),
                    row.getString("name"),
                    URI.create(row.getString("url")),
                    row.getString("username"),
                    EdgeDirection.valueOf(row.getString("direction")),
                    Arrays.stream((String[]) databases.getArray())
                            .map(DatabaseName::new)
                            .collect(Collectors.toSet()),
                    row.getLong("version"),
                    row.getString("changed_by"),
                    Jdbc.instant(row, "changed_at").orElseThrow(),
                    Optional.ofNullable(row.getString("polled_seq")),
                    row.getInt("poll_attempt"));
        } finally {
            databases.free();
        }
    }
}
