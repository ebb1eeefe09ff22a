package io.shopsync.orchestrator.replication.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.document.Attachment;
import io.shopsync.couchdb.document.DocumentRow;
import io.shopsync.orchestrator.replication.protocol.FaultyProxy.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three databases, each replicated to the next in a ring; random writes everywhere, random faults on the way, random
 * deletions of checkpoints and of whole databases. When all is calm again, all leaf revisions are equal everywhere.
 */
@Timeout(180)
class RandomReplicationTest {

    @RegisterExtension
    static final TestDatabases DATABASES = new TestDatabases();

    private static final int DOCUMENTS = 25;
    private static final int STEPS = 120;
    private static final ReplicationLimits SMALL = ReplicationLimits.DEFAULT
            .changesPerPage(5)
            .lanes(3)
            .bytes(600, 1 << 20)
            .checkpointEvery(Duration.ZERO);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void makesAllEqualInTheEnd(long seed) throws IOException {
        var random = new Random(seed);
        try (var proxy = new FaultyProxy(TestDatabases.url());
                var server = CouchServer.connect(TestDatabases.options(proxy.url()))) {
            // Given
            var ring = List.of(DATABASES.fresh("a"), DATABASES.fresh("b"), DATABASES.fresh("c"));
            var ways = new ArrayList<Replication>();
            for (var n = 0; n < ring.size(); n++) {
                var from = server.database(ring.get(n).name());
                var to = server.database(ring.get((n + 1) % ring.size()).name());
                ways.add(Runs.replication(from, to).within(SMALL));
            }
            // When
            for (var step = 0; step < STEPS; step++) {
                var way = ways.get(random.nextInt(ways.size()));
                switch (random.nextInt(10)) {
                    case 0 -> Runs.run(way);
                    case 1, 2 -> runWithFaults(way, proxy, random);
                    case 3 -> forget(ring.get(random.nextInt(ring.size())), way, random);
                    default -> write(ring.get(random.nextInt(ring.size())), random);
                }
            }
            for (var round = 0; round < 2; round++) {
                ways.forEach(Runs::caughtUp);
            }
            // Then
            assertThat(Leaves.of(ring.get(0))).as("seed %d", seed).isNotEmpty();
            Leaves.assertEqual(ring.get(0), ring.get(1));
            Leaves.assertEqual(ring.get(1), ring.get(2));
        }
    }

    private static void forget(Database database, Replication way, Random random) {
        if (random.nextInt(4) > 0) {
            database.local().delete(way.id().value());
        } else {
            database.delete();
            database.create(1);
        }
    }

    private static void runWithFaults(Replication way, FaultyProxy proxy, Random random) {
        var faults = new Random(random.nextLong());
        proxy.fail((_, _) -> {
            synchronized (faults) {
                return switch (faults.nextInt(12)) {
                    case 0 -> Fault.BEFORE;
                    case 1 -> Fault.AFTER;
                    case 2 -> Fault.MIDWAY;
                    default -> Fault.NONE;
                };
            }
        });
        Runs.run(way);
        proxy.fail((_, _) -> Fault.NONE);
    }

    private static void write(Database database, Random random) {
        var id = "d" + random.nextInt(DOCUMENTS);
        var row = database.rows(List.of(id)).getFirst();
        var rev = row instanceof DocumentRow.Present present ? Optional.of(present.rev()) : Optional.<String>empty();
        switch (random.nextInt(5)) {
            case 0 -> rev.ifPresent(current -> database.documents().delete(id, current));
            case 1 -> {
                var data = new byte[random.nextInt(2000)];
                random.nextBytes(data);
                database.documents().putAttachment(id, rev, new Attachment("a", "image/png", data));
            }
            case 2 ->
                Leaves.store(
                        database,
                        "{'_id':'%s','_rev':'1-%x','_revisions':{'start':1,'ids':['%2$x']}}"
                                .formatted(id, random.nextInt()));
            default -> database.documents().put(id, body(rev, random));
        }
    }

    private static Map<String, Object> body(Optional<String> rev, Random random) {
        var text = "x".repeat(random.nextInt(300));
        return rev.<Map<String, Object>>map(current -> Map.of("_rev", current, "text", text))
                .orElse(Map.of("text", text));
    }
}
