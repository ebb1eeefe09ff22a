package io.shopsync.provisioning.credential;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.shopsync.platform.sealing.KeyRing;
import io.shopsync.provisioning.platform.MetricNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/** Moves passwords over to the first key of the ring, so that an old key can be taken out of it. */
@ApplicationScoped
class Resealer {

    private static final Logger LOG = Logger.getLogger(Resealer.class);
    private static final int BATCH = 200;

    /** Another replica may be at it too, or a rotation: rows that are locked are theirs to finish. */
    private static final String STALE = """
            select login, shop_id, kind, key_id, box, issued_at from credential
            where key_id <> :current limit :batch for update skip locked
            """;

    private final StatelessSession session;
    private final KeyRing ring;
    private final AtomicLong stale;

    Resealer(StatelessSession session, KeyRing ring, MeterRegistry metrics) {
        this.session = session;
        this.ring = ring;
        this.stale = metrics.gauge(MetricNames.CREDENTIALS_STALE, new AtomicLong());
    }

    @Scheduled(
            every = "${shopsync.credentials.reseal-every:1h}",
            delayed = "10s",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void reseal() {
        var moved = 0;
        for (var batch = BATCH; batch == BATCH; moved += batch) {
            batch = QuarkusTransaction.requiringNew().call(this::resealBatch);
        }
        stale.set(QuarkusTransaction.requiringNew().call(this::countStale));
        if (moved > 0) {
            LOG.infof("%d passwords are now sealed with the key %s", moved, ring.sealingKeyId());
        }
    }

    private int resealBatch() {
        var rows = session.createNativeQuery(STALE, CredentialEntity.class)
                .setParameter("current", ring.sealingKeyId())
                .setParameter("batch", BATCH)
                .getResultList();
        for (var row : rows) {
            row.seal(row.open(ring), ring);
        }
        session.updateMultiple(rows);
        return rows.size();
    }

    private long countStale() {
        return session.createSelectionQuery("select count(*) from Credential where keyId <> :current", Long.class)
                .setParameter("current", ring.sealingKeyId())
                .getSingleResult();
    }
}
