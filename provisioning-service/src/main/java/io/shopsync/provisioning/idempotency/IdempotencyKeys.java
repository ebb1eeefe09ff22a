package io.shopsync.provisioning.idempotency;

import io.quarkus.scheduler.Scheduled;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/**
 * Remembers which keys were used for which requests, each caller's apart, in the transaction of what the request does:
 * a key is taken if and only if the request was carried out.
 */
@ApplicationScoped
public class IdempotencyKeys {

    /** The header (draft-ietf-httpapi-idempotency-key-header). */
    public static final String HEADER = "Idempotency-Key";

    /** What a key looks like: the visible characters of ASCII, quoted or not. */
    public static final String PATTERN = "[\\x21-\\x7e]{1,128}";

    /** What a caller is told whose key looks otherwise. */
    public static final String RULE = "must be 1 to 128 visible ASCII characters";

    private static final Duration RETENTION = Duration.ofHours(24);

    /** Waits for a request with the same key that is under way. */
    private static final String TAKE = """
            insert into IdempotencyKey (caller, key, requestHash, answer, usedAt)
            values (:caller, :key, :hash, :answer, :now) on conflict do nothing
            """;

    private final StatelessSession session;
    private final Clock clock;

    IdempotencyKeys(StatelessSession session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    /**
     * Takes a key for a request.
     *
     * @param answer identifies what the request makes
     * @return what the request made when it was first sent, or empty where it is to be carried out now
     * @throws ProblemException where the key was used for another request
     */
    @Transactional(TxType.MANDATORY)
    public Optional<UUID> take(String caller, String key, RequestHash hash, UUID answer) {
        var taken = session.createMutationQuery(TAKE)
                .setParameter("caller", caller)
                .setParameter("key", key)
                .setParameter("hash", hash.bytes())
                .setParameter("answer", answer)
                .setParameter("now", clock.instant())
                .executeUpdate();
        if (taken == 1) {
            return Optional.empty();
        }
        var first = session.get(IdempotencyKeyEntity.class, new IdempotencyKeyEntity.Id(caller, key));
        if (first == null || !hash.sameAs(first.requestHash)) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_KEY_REUSED,
                    "A key belongs to one request for " + RETENTION.toHours() + " hours: send another one.");
        }
        return Optional.of(first.answer);
    }

    @Scheduled(every = "1h", delayed = "3m", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    @Transactional
    void forgetOldOnes() {
        session.createMutationQuery("delete from IdempotencyKey where usedAt < :before")
                .setParameter("before", clock.instant().minus(RETENTION))
                .executeUpdate();
    }
}
