package io.shopsync.orchestrator.work;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The databases that are due. A claim is a lease in Postgres' own time, so that at most one worker of all replicas
 * works on a database, and one that died is followed by another.
 */
@ApplicationScoped
public class DatabaseQueue {

    /** A database that waits out a failure stays where it is: a mark must not turn the pause into hammering. */
    private static final String MARK = """
            insert into database_work as work (kind, physical_name, shop)
            select ?, name, shop from unnest(?, ?) as marked (name, shop)
            on conflict (kind, physical_name) do update set
                marks = work.marks + 1,
                due_at = case when work.attempt = 0 or work.claimed_until is not null
                              then least(work.due_at, now()) else work.due_at end
            """;

    private static final String CLAIM = """
            update database_work set
                claim = claim + 1,
                attempt = attempt + 1,
                claimed_until = now() + ? * interval '1 millisecond'
            where (kind, physical_name) in (
                select kind, physical_name from database_work as due
                where kind = ? and due_at <= now() and (claimed_until is null or claimed_until < now())
                    and ? > (select count(*) from database_work as other
                             where other.kind = due.kind and other.shop = due.shop and other.claimed_until >= now())
                order by due_at
                limit ?
                for update skip locked)
            returning physical_name, claim, marks, attempt
            """;

    private static final String RENEW = """
            update database_work set claimed_until = now() + ? * interval '1 millisecond'
            where kind = ? and physical_name = ? and claim = ?
            """;

    private static final String DONE = """
            update database_work set
                claimed_until = null, attempt = 0, last_reason = null,
                due_at = case when marks = ? then 'infinity' else now() end
            where kind = ? and physical_name = ? and claim = ?
            """;

    private static final String AGAIN = """
            update database_work set
                claimed_until = null, attempt = 0, last_reason = null,
                due_at = case when marks = ? then now() + ? * interval '1 millisecond' else now() end
            where kind = ? and physical_name = ? and claim = ?
            """;

    private static final String MORE = """
            update database_work set claimed_until = null, attempt = 0, last_reason = null, due_at = now()
            where kind = ? and physical_name = ? and claim = ?
            """;

    private static final String LATER = """
            update database_work set
                claimed_until = null, attempt = 0, last_reason = null,
                due_at = case when marks = ? then now() + ? * interval '1 millisecond' else now() end
            where kind = ? and physical_name = ? and claim = ?
            """;

    private static final String RETRY = """
            update database_work set
                claimed_until = null, last_reason = ?, due_at = now() + ? * interval '1 millisecond'
            where kind = ? and physical_name = ? and claim = ?
            """;

    private static final String GONE = "delete from database_work where kind = ? and physical_name = ? and claim = ?";

    /** Due now, or waiting out a failure; not what is only to be looked at again later. */
    private static final String WAITING = """
            select count(*) from database_work
            where kind = ? and due_at < 'infinity' and claimed_until is null and (due_at <= now() or attempt > 0)
            """;

    private final Jdbc jdbc;
    private final Event<WorkMarked> marked;

    DatabaseQueue(Jdbc jdbc, Event<WorkMarked> marked) {
        this.jdbc = jdbc;
        this.marked = marked;
    }

    /** Makes the databases due now, in the caller's transaction or one of its own. */
    @Transactional
    public void mark(WorkKind kind, Collection<ShopDatabase> databases) {
        // In one order, so that two writers never wait for each other's rows.
        var sorted = databases.stream()
                .distinct()
                .sorted(Comparator.comparing(ShopDatabase::physicalName))
                .toList();
        if (sorted.isEmpty()) {
            return;
        }
        jdbc.update(
                MARK,
                kind.name(),
                sorted.stream().map(ShopDatabase::physicalName).toArray(String[]::new),
                sorted.stream().map(database -> database.shop().value()).toArray(String[]::new));
        marked.fire(new WorkMarked(kind));
    }

    /**
     * Claims databases that are due, the longest due first.
     *
     * @param perShop a shop of which so many are being worked on already waits, so that others have their turn
     */
    @Transactional
    public List<DatabaseClaim> claim(WorkKind kind, int limit, int perShop, Duration lease) {
        return jdbc.query(CLAIM, row -> claim(kind, row), lease.toMillis(), kind.name(), perShop, limit);
    }

    private static DatabaseClaim claim(WorkKind kind, ResultSet row) throws SQLException {
        var name = row.getString("physical_name");
        var database = ShopDatabase.parse(name)
                .orElseThrow(() -> new IllegalStateException("no shop can own a database named " + name));
        return new DatabaseClaim(kind, database, row.getLong("claim"), row.getLong("marks"), row.getInt("attempt"));
    }

    /** Puts the end of the lease off; false where it was lost, and the work must end. */
    @Transactional
    public boolean renew(DatabaseClaim claim, Duration lease) {
        return jdbc.update(RENEW, lease.toMillis(), claim.kind().name(), name(claim), claim.number()) == 1;
    }

    /** Ends the claim; without effect where it was lost. */
    @Transactional
    public void finish(DatabaseClaim claim, WorkOutcome outcome) {
        var kind = claim.kind().name();
        switch (outcome) {
            case WorkOutcome.Done _ -> jdbc.update(DONE, claim.marks(), kind, name(claim), claim.number());
            case WorkOutcome.Again(var in) ->
                jdbc.update(AGAIN, claim.marks(), in.toMillis(), kind, name(claim), claim.number());
            case WorkOutcome.More _ -> jdbc.update(MORE, kind, name(claim), claim.number());
            case WorkOutcome.Later(var in) ->
                jdbc.update(LATER, claim.marks(), in.toMillis(), kind, name(claim), claim.number());
            case WorkOutcome.Retry(var in, var reason) ->
                jdbc.update(RETRY, reason, in.toMillis(), kind, name(claim), claim.number());
            case WorkOutcome.Gone _ -> jdbc.update(GONE, kind, name(claim), claim.number());
        }
    }

    /** How many databases wait for a worker, over all shops. */
    public long waiting(WorkKind kind) {
        return jdbc.first(WAITING, row -> row.getLong(1), kind.name()).orElse(0L);
    }

    private static String name(DatabaseClaim claim) {
        return claim.database().physicalName();
    }
}
