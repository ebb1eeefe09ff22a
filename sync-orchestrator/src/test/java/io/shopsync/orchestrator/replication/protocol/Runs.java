package io.shopsync.orchestrator.replication.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.couchdb.Database;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Runs of replications in tests. */
final class Runs {

    private Runs() {}

    static Replication replication(Database source, Database target) {
        return Replication.of(ReplicationId.of(source.name(), target.name(), Optional.empty()), source, target);
    }

    static ReplicationResult run(Replication replication) {
        return run(replication, ReplicationListener.NONE);
    }

    static ReplicationResult run(Replication replication, ReplicationListener listener) {
        return new ReplicationRun(replication, listener, InstantSource.system()).run();
    }

    /** Runs and expects that all was copied. */
    static ReplicationResult caughtUp(Replication replication) {
        var result = run(replication);
        assertThat(result.ending()).isEqualTo(new ReplicationResult.Ending.CaughtUp());
        return result;
    }

    /** Keeps what is refused. */
    static final class Refusals implements ReplicationListener {

        private final List<RefusedDocument> heard = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void refused(List<RefusedDocument> documents) {
            heard.addAll(documents);
        }

        List<RefusedDocument> heard() {
            return List.copyOf(heard);
        }
    }
}
