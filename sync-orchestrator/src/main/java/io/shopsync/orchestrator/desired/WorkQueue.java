package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReasonCode;
import io.shopsync.eventing.LazyCommit;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The shops that are due, as a queue that outlives every worker: a claim is a lease in Postgres' own time, so that
 * replicas need not agree on a clock, and a retry is a time in the shop's row.
 */
@ApplicationScoped
public class WorkQueue {

    /** A claim that is lost in a crash of Postgres costs one repeated attempt and no more. */
    private static final String CLAIM = """
            update shop set
                claim = claim + 1,
                attempt = attempt + 1,
                claimed_by = ?,
                claimed_until = now() + ? * interval '1 millisecond'
            where %s and shop_id in (
                select shop_id from shop
                where urgent = ? and next_reconcile_at <= now() and (claimed_until is null or claimed_until < now())
                order by next_reconcile_at
                limit ?
                for update skip locked)
            returning *
            """.formatted(LazyCommit.CONDITION);

    /** Rows that someone holds at this moment are renewed the next time: waiting for them could end in a deadlock. */
    private static final String RENEW = """
            update shop set claimed_until = now() + ? * interval '1 millisecond'
            where %s and shop_id in (
                select shop_id from shop join unnest(?, ?) as mine (id, number) on id = shop_id and number = claim
                where claimed_until is not null
                for update of shop skip locked)
            """.formatted(LazyCommit.CONDITION);

    private static final String LOCK = """
            select shop_id from shop join unnest(?, ?) as mine (id, number) on id = shop_id and number = claim
            where claimed_until is not null
            order by shop_id
            for update of shop
            """;

    private static final String SETTLED = """
            update shop set
                claimed_by = null,
                claimed_until = null,
                observed_generation = ?,
                applied_policy = ?,
                settled_at = now(),
                purged = ? and generation = ?,
                urgent = revision <> ?,
                next_reconcile_at = case when revision <> ? then now()
                                         else coalesce(now() + ? * interval '1 millisecond', 'infinity') end,
                attempt = 0,
                failed = false,
                last_reason = null,
                last_detail = null
            where shop_id = ?
            """;

    private static final String UNSETTLED = """
            update shop set
                claimed_by = null,
                claimed_until = null,
                urgent = revision <> ? or (urgent and not ?),
                next_reconcile_at = case when revision <> ? then now() else now() + ? * interval '1 millisecond' end,
                failed = ? and revision = ?,
                last_reason = ?,
                last_detail = ?
            where shop_id = ?
            """;

    private static final String HOLD = """
            update shop set last_reason = ?, last_detail = ?
            where shop_id in (
                select shop_id from shop
                where urgent and next_reconcile_at <= now() and claimed_until is null
                    and generation > observed_generation and last_reason is distinct from ?
                order by next_reconcile_at
                limit ?
                for update skip locked)
            returning shop_id, cause, attempt, traceparent
            """;

    private static final String ASK = """
            update shop set
                urgent = true, next_reconcile_at = now(), revision = revision + 1, attempt = 0, failed = false
            where shop_id = ?
            """;

    private static final String OUTDATED = """
            update shop set next_reconcile_at = now()
            where shop_id in (
                select shop_id from shop
                where not urgent and applied_policy is distinct from ? and next_reconcile_at > now() and not purged
                for update skip locked)
            """;

    private final Jdbc jdbc;
    private final WishStore wishes;
    private final Event<WorkArrived> workArrived;

    WorkQueue(Jdbc jdbc, WishStore wishes, Event<WorkArrived> workArrived) {
        this.jdbc = jdbc;
        this.wishes = wishes;
        this.workArrived = workArrived;
    }

    /** A shop that is due and held back, with the event of its wish and the trace of that. */
    public record Held(ShopId shop, UUID cause, int attempt, Optional<String> traceparent) {}

    /** Claims shops that are due, the longest due first, at most {@code limit}, none that another worker holds. */
    @Transactional
    public List<Claim> claim(Lane lane, int limit, String worker, Duration lease) {
        return jdbc.query(CLAIM, this::claim, worker, lease.toMillis(), lane == Lane.URGENT, limit);
    }

    /** Puts the end of the leases off. A lease that was lost stays so. */
    @Transactional
    public void renew(Collection<Claim> claims, Duration lease) {
        jdbc.update(RENEW, lease.toMillis(), shops(claims), numbers(claims));
    }

    /**
     * Ends the claims with their outcomes, in the caller's transaction.
     *
     * @return those that were still the worker's own; of the others nothing is recorded, nor must anything be published
     */
    @Transactional(TxType.MANDATORY)
    public Set<Claim> finish(Map<Claim, Outcome> outcomes) {
        var mine = jdbc
                .query(LOCK, row -> new ShopId(row.getString(1)), shops(outcomes.keySet()), numbers(outcomes.keySet()))
                .stream()
                .collect(Collectors.toSet());
        var own = outcomes.keySet().stream()
                .filter(claim -> mine.contains(claim.shop()))
                .collect(Collectors.toSet());
        var rows = own.stream().collect(Collectors.groupingBy(claim -> outcomes.get(claim) instanceof Outcome.Settled));
        jdbc.batch(
                SETTLED,
                rows.getOrDefault(true, List.of()).stream()
                        .map(claim -> settled(claim, (Outcome.Settled) outcomes.get(claim)))
                        .toList());
        jdbc.batch(
                UNSETTLED,
                rows.getOrDefault(false, List.of()).stream()
                        .map(claim -> unsettled(claim, outcomes.get(claim)))
                        .toList());
        return own;
    }

    /**
     * Notes on shops whose wish waits why nobody works on it, where that is news, at most {@code limit} at a time; they
     * stay due. In the caller's transaction.
     */
    @Transactional(TxType.MANDATORY)
    public List<Held> hold(ReasonCode reason, String detail, int limit) {
        return jdbc.query(
                HOLD,
                row -> new Held(
                        new ShopId(row.getString(1)),
                        row.getObject(2, UUID.class),
                        row.getInt(3),
                        Optional.ofNullable(row.getString(4))),
                reason.name(),
                detail,
                reason.name(),
                limit);
    }

    /** Makes a shop due now, whatever it waits for; false where there is no such shop. */
    @Transactional
    public boolean ask(ShopId shop) {
        var known = jdbc.update(ASK, shop.value()) > 0;
        workArrived.fire(new WorkArrived());
        return known;
    }

    /** Gives every shop that was made by other rules a turn in the full pass now; returns how many. */
    @Transactional
    public int refreshOutdated(String policy) {
        return jdbc.update(OUTDATED, policy);
    }

    private Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                wishes.read(row),
                row.getLong("claim"),
                row.getLong("revision"),
                row.getInt("attempt"),
                row.getLong("observed_generation"),
                Optional.ofNullable(row.getString("applied_policy")),
                row.getBoolean("failed"),
                Optional.ofNullable(row.getString("last_reason")),
                row.getBoolean("purged"));
    }

    private static Object[] settled(Claim claim, Outcome.Settled outcome) {
        var generation = claim.desired().wish().generation();
        return new Object[] {
            generation,
            outcome.policy(),
            outcome.purged(),
            generation,
            claim.revision(),
            claim.revision(),
            outcome.nextLook().map(Duration::toMillis).orElse(null),
            claim.shop().value()
        };
    }

    private static Object[] unsettled(Claim claim, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Delayed(var reason, var detail, var retryIn) ->
                unsettled(claim, false, reason, detail, retryIn);
            case Outcome.Failed(var reason, var detail, var nextLook) ->
                unsettled(claim, true, reason, detail, nextLook);
            case Outcome.Settled _ -> throw new IllegalArgumentException("settled");
        };
    }

    private static Object[] unsettled(Claim claim, boolean failed, ReasonCode reason, String detail, Duration next) {
        return new Object[] {
            claim.revision(),
            failed,
            claim.revision(),
            next.toMillis(),
            failed,
            claim.revision(),
            reason.name(),
            detail,
            claim.shop().value()
        };
    }

    private static String[] shops(Collection<Claim> claims) {
        return claims.stream().map(claim -> claim.shop().value()).toArray(String[]::new);
    }

    private static Long[] numbers(Collection<Claim> claims) {
        return claims.stream().map(Claim::number).toArray(Long[]::new);
    }
}
