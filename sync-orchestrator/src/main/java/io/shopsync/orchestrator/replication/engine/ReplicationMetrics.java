package io.shopsync.orchestrator.replication.engine;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.shopsync.orchestrator.replication.pair.EngineKind;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.RunEnd;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** What replication shows of itself, by engine and kind of target; never by shop. */
@ApplicationScoped
public class ReplicationMetrics {

    /** How long runs take. */
    public static final String DURATION = "shopsync.replication.run";

    /** Revisions, by what became of them. */
    public static final String DOCUMENTS = "shopsync.replication.documents";

    /** Bytes of JSON that were read. */
    public static final String BYTES = "shopsync.replication.bytes";

    private final MeterRegistry registry;

    ReplicationMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A run has ended. */
    public void ended(PairId pair, EngineKind engine, RunEnd end) {
        var kind = pair.target().equals(PairId.STANDBY) ? PairId.STANDBY : "edge";
        var by = engine.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Timer.builder(DURATION)
                .description("Runs of replication")
                .tag("engine", by)
                .tag("target", kind)
                .tag("outcome", end.reason().map(Enum::name).orElse("OK"))
                .publishPercentileHistogram()
                .register(registry)
                .record(end.did().busy());
        count("read", kind, by, end.did().read());
        count("written", kind, by, end.did().written());
        count("refused", kind, by, end.did().refused());
        Counter.builder(BYTES)
                .description("Bytes of JSON that replication has read")
                .baseUnit("bytes")
                .tag("engine", by)
                .tag("target", kind)
                .register(registry)
                .increment((double) end.did().bytes());
    }

    private void count(String what, String target, String engine, long documents) {
        Counter.builder(DOCUMENTS)
                .description("Revisions that replication has read, written, or found refused")
                .tag("engine", engine)
                .tag("target", target)
                .tag("result", what)
                .register(registry)
                .increment((double) documents);
    }
}
