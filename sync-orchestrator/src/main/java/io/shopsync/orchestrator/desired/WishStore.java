package io.shopsync.orchestrator.desired;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of a shop's row that say what is wished. */
@ApplicationScoped
class WishStore {

    /** A wish makes the shop due at once and starts the count of attempts anew. A claim under way keeps its lease. */
    private static final String UPSERT = """
            insert into shop (shop_id, name, wanted, purge_after, databases, retired_databases, logins,
                              generation, birth, cause, wished_at, traceparent)
            values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
            on conflict (shop_id) do update set
                name = excluded.name,
                wanted = excluded.wanted,
                purge_after = excluded.purge_after,
                databases = excluded.databases,
                retired_databases = excluded.retired_databases,
                logins = excluded.logins,
                generation = excluded.generation,
                birth = excluded.birth,
                cause = excluded.cause,
                wished_at = excluded.wished_at,
                traceparent = excluded.traceparent,
                purged = false,
                urgent = true,
                revision = shop.revision + 1,
                next_reconcile_at = now(),
                attempt = 0,
                failed = false,
                last_reason = null,
                last_detail = null
            """;

    /** In the order of ids, as everyone locks who locks several shops. */
    private static final String LOCK = "select * from shop where shop_id = any(?) order by shop_id for update";

    private static final TypeReference<List<LoginKey>> LOGINS = new TypeReference<>() {};

    private final Jdbc jdbc;
    private final ObjectMapper json;

    WishStore(Jdbc jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Those of the shops that are known, locked until the transaction ends. */
    Map<ShopId, DesiredShop> lock(Collection<ShopId> shops) {
        var ids = shops.stream().map(ShopId::value).distinct().toArray(String[]::new);
        return jdbc.query(LOCK, this::read, (Object) ids).stream()
                .collect(Collectors.toMap(DesiredShop::shop, Function.identity(), (one, _) -> one, HashMap::new));
    }

    void save(Collection<DesiredShop> shops) {
        jdbc.batch(UPSERT, shops.stream().map(this::columns).toList());
    }

    /** The wish in a row of the table. */
    DesiredShop read(ResultSet row) throws SQLException {
        return new DesiredShop(
                new ShopId(row.getString("shop_id")),
                row.getString("name"),
                wanted(row.getString("wanted"), row),
                new Catalogue(names(row, "databases"), names(row, "retired_databases")),
                logins(row.getString("logins")),
                new Wish(
                        row.getLong("generation"),
                        row.getLong("birth"),
                        row.getObject("cause", UUID.class),
                        Jdbc.instant(row, "wished_at").orElseThrow(),
                        Optional.ofNullable(row.getString("traceparent"))));
    }

    private Object[] columns(DesiredShop shop) {
        return new Object[] {
            shop.shop().value(),
            shop.name(),
            state(shop.wanted()),
            purgeAfter(shop.wanted()),
            texts(shop.catalogue().current()),
            texts(shop.catalogue().retired()),
            logins(shop.logins()),
            shop.wish().generation(),
            shop.wish().birth(),
            shop.wish().event(),
            shop.wish().at(),
            shop.wish().traceparent().orElse(null)
        };
    }

    private static String state(Wanted wanted) {
        return switch (wanted) {
            case Wanted.Active _ -> "ACTIVE";
            case Wanted.Suspended _ -> "SUSPENDED";
            case Wanted.Deleted _ -> "DELETED";
        };
    }

    private static Instant purgeAfter(Wanted wanted) {
        return wanted instanceof Wanted.Deleted(var purgeAfter) ? purgeAfter : null;
    }

    private static Wanted wanted(String state, ResultSet row) throws SQLException {
        return switch (state) {
            case "ACTIVE" -> new Wanted.Active();
            case "SUSPENDED" -> new Wanted.Suspended();
            case "DELETED" ->
                new Wanted.Deleted(Jdbc.instant(row, "purge_after").orElseThrow());
            default -> throw new IllegalStateException("no state of a shop: " + state);
        };
    }

    private static String[] texts(Collection<DatabaseName> names) {
        return names.stream().map(DatabaseName::value).toArray(String[]::new);
    }

    private static SortedSet<DatabaseName> names(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        try {
            return Arrays.stream((String[]) array.getArray())
                    .map(DatabaseName::new)
                    .collect(Collectors.toCollection(TreeSet::new));
        } finally {
            array.free();
        }
    }

    private String logins(List<LoginKey> logins) {
        try {
            return json.writeValueAsString(logins);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("logins are always JSON", e);
        }
    }

    private List<LoginKey> logins(String text) {
        try {
            return json.readValue(text, LOGINS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored logins cannot be read", e);
        }
    }
}
