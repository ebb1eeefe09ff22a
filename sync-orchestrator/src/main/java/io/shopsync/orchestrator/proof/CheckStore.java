package io.shopsync.orchestrator.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopsync.contracts.ShopId;
import io.shopsync.eventing.Outbox;
import io.shopsync.orchestrator.platform.Jdbc;
import io.shopsync.orchestrator.platform.Select;
import io.shopsync.platform.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Checks and how far they are, in Postgres: they outlive the process that works on them. */
@ApplicationScoped
class CheckStore {

    private static final String COLUMNS = """
            select c.*, (select count(*) from isolation_check_shop s where s.check_id = c.id) as shops,
                (select count(*) from isolation_check_shop s where s.check_id = c.id and s.result is not null) as checked
            from isolation_check c""";
    private static final String ONE = COLUMNS + " where id = ?";

    private static final String OPEN =
            COLUMNS + " where shop is not distinct from ? and state in ('QUEUED', 'RUNNING') limit 1";

    private static final String REQUEST = "insert into isolation_check (id, shop, requested_by) values (?, ?, ?)";

    private static final String CLAIM = """
            update isolation_check set
                state = 'RUNNING', claim = claim + 1, attempt = attempt + 1,
                started_at = coalesce(started_at, now()), due_at = now() + ? * interval '1 millisecond'
            where id in (select id from isolation_check where state in ('QUEUED', 'RUNNING') and due_at <= now()
                             and (shop is null) = ?
                         order by requested_at limit 1 for update skip locked)
            returning id
            """;
    private static final String RENEW = """
            update isolation_check set due_at = now() + ? * interval '1 millisecond'
            where id = ? and claim = ? and state = 'RUNNING'
            """;
    private static final String RETRY = """
            update isolation_check set state = 'QUEUED', failure = ?, due_at = now() + ? * interval '1 millisecond'
            where id = ? and claim = ? and state = 'RUNNING'
            """;
    private static final String FAIL = """
            update isolation_check set state = 'FAILED', failure = ?, finished_at = now()
            where id = ? and claim = ? and state = 'RUNNING'
            """;
    private static final String DONE = """
            update isolation_check set
                state = 'DONE', failure = null, verdict = ?, report = ?, jws = ?, finished_at = ?
            where id = ? and claim = ? and state = 'RUNNING'
            """;
    private static final String ADD_SHOP = """
            insert into isolation_check_shop (check_id, shop, other) values (?, ?, ?) on conflict do nothing
            """;
    private static final String LEFT =
            "select shop, other from isolation_check_shop where check_id = ? and result is null order by shop";
    private static final String CHECKED =
            "update isolation_check_shop set result = ?::jsonb where check_id = ? and shop = ?";
    private static final String RESULTS =
            "select result from isolation_check_shop where check_id = ? and result is not null order by shop";

    private static final String SHOPS = "select shop from isolation_check_shop where check_id = ? order by shop";

    private final Jdbc jdbc;
    private final Outbox outbox;
    private final ObjectMapper json;

    CheckStore(Jdbc jdbc, Outbox outbox, ObjectMapper json) {
        this.jdbc = jdbc;
        this.outbox = outbox;
        this.json = json;
    }

    /** A shop of a check, and the one whose login plays the stranger. */
    record Pair(ShopId shop, Optional<ShopId> other) {}

    /** Notes a check; where one of the same scope is not over yet, that one. */
    @Transactional
    Check request(Optional<ShopId> shop, String by) {
        var scope = shop.map(ShopId::value).orElse(null);
        return jdbc.first(OPEN, CheckStore::check, scope).orElseGet(() -> {
            var id = UUID.randomUUID();
            jdbc.update(REQUEST, id, scope, by);
            return find(id).orElseThrow();
        });
    }

    Optional<Check> find(UUID id) {
        return jdbc.first(ONE, CheckStore::check, id);
    }

    Page<Check> latestFirst(Optional<ShopId> shop, Optional<String> cursor, int limit) {
        var select = new Select("select * from (" + COLUMNS + ") as checks");
        shop.ifPresent(it -> select.and("shop = ?", it.value()));
        return select.latestFirst(
                jdbc, CheckStore::check, "requested_at", cursor, limit, Check::requestedAt, Check::id);
    }

    /** The signed text; empty while there is none. */
    Optional<String> report(UUID id) {
        return text("select report from isolation_check where id = ?", id);
    }

    /** The signed text with its signature; empty while there is none. */
    Optional<String> jws(UUID id) {
        return text("select jws from isolation_check where id = ?", id);
    }

    /**
     * Takes the check that waits longest, or whose worker gave no sign for a lease.
     *
     * @param ofAll one of all shops rather than one of a single shop
     */
    @Transactional
    Optional<Check> claim(boolean ofAll, Duration lease) {
        return jdbc.first(CLAIM, row -> row.getObject(1, UUID.class), lease.toMillis(), ofAll)
                .flatMap(this::find);
    }

    /** False where the claim was lost, and the work must end. */
    boolean renew(Check check, Duration lease) {
        return jdbc.update(RENEW, lease.toMillis(), check.id(), check.claim()) == 1;
    }

    void retry(Check check, String failure, Duration in) {
        jdbc.update(RETRY, failure, in.toMillis(), check.id(), check.claim());
    }

    /** Gives the check up, and tells so; without effect where the claim was lost. */
    @Transactional
    void fail(Check check, String failure) {
        if (jdbc.update(FAIL, failure, check.id(), check.claim()) == 1) {
            var shops = jdbc.query(SHOPS, row -> new ShopId(row.getString(1)), check.id());
            outbox.publish(CheckReports.givenUp(check, shops, Instant.now()));
        }
    }

    /** Ends the check with its report, and tells what it came to; without effect where the claim was lost. */
    @Transactional
    void done(Check check, Report report, List<ShopResult> results, String text, String jws) {
        var verdict = report.verdict().name();
        if (jdbc.update(DONE, verdict, text, jws, report.finishedAt(), check.id(), check.claim()) == 1) {
            outbox.publish(CheckReports.done(check, results, Instant.now()));
        }
    }

    @Transactional
    void add(Check check, Collection<Pair> pairs) {
        jdbc.batch(
                ADD_SHOP,
                pairs.stream()
                        .map(pair -> new Object[] {
                            check.id(),
                            pair.shop().value(),
                            pair.other().map(ShopId::value).orElse(null)
                        })
                        .toList());
    }

    /** The shops that are not looked at yet. */
    List<Pair> left(Check check) {
        return jdbc.query(
                LEFT,
                row -> new Pair(
                        new ShopId(row.getString("shop")),
                        Optional.ofNullable(row.getString("other")).map(ShopId::new)),
                check.id());
    }

    void checked(Check check, ShopResult result) {
        jdbc.update(CHECKED, written(result), check.id(), result.part().shop().value());
    }

    List<ShopResult> results(Check check) {
        return jdbc.query(RESULTS, row -> read(row.getString(1)), check.id());
    }

    private Optional<String> text(String sql, UUID id) {
        return jdbc.first(sql, row -> Optional.ofNullable(row.getString(1)), id).flatMap(text -> text);
    }

    private String written(ShopResult result) {
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a result is always JSON", e);
        }
    }

    private ShopResult read(String text) {
        try {
            return json.readValue(text, ShopResult.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored result cannot be read", e);
        }
    }

    private static Check check(ResultSet row) throws SQLException {
        return new Check(
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getString("shop")).map(ShopId::new),
                row.getString("requested_by"),
                Jdbc.instant(row, "requested_at").orElseThrow(),
                CheckState.valueOf(row.getString("state")),
                row.getLong("claim"),
                row.getInt("attempt"),
                Jdbc.instant(row, "started_at"),
                Jdbc.instant(row, "finished_at"),
                Optional.ofNullable(row.getString("verdict")).map(Verdict::valueOf),
                Optional.ofNullable(row.getString("failure")),
                row.getInt("shops"),
                row.getInt("checked"));
    }
}
