package io.shopsync.orchestrator.replication.engine;

import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairLedger;
import io.shopsync.orchestrator.replication.protocol.RefusedDocument;
import io.shopsync.orchestrator.replication.protocol.ReplicationListener;
import io.shopsync.orchestrator.replication.protocol.ReplicationRun;
import io.shopsync.orchestrator.replication.protocol.Tally;
import java.time.Duration;
import java.util.List;

/** Listens to a run: keeps what is refused, holds it to its shop's rate, and ends it where it must not go on. */
final class PairListener implements ReplicationListener {

    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    private final PairId pair;
    private final PairLedger ledger;
    private final RefusedDocuments refused;
    private final ShopRates rates;
    private ReplicationRun run;
    private long looked = System.nanoTime();

    PairListener(PairId pair, PairLedger ledger, RefusedDocuments refused, ShopRates rates) {
        this.pair = pair;
        this.ledger = ledger;
        this.refused = refused;
        this.rates = rates;
    }

    void watches(ReplicationRun mine) {
        run = mine;
    }

    @Override
    public void beforeWrite(int documents, long bytes) throws InterruptedException {
        rates.await(pair.database().shop(), bytes);
    }

    @Override
    public void refused(List<RefusedDocument> documents) {
        refused.note(pair, documents);
    }

    /** A pause or a removal may have been asked of another replica. */
    @Override
    public void progressed(Tally soFar) {
        if (System.nanoTime() - looked > LOOK_EVERY) {
            looked = System.nanoTime();
            if (!ledger.goesOn(pair)) {
                run.cancel();
            }
        }
    }
}
