package io.shopsync.orchestrator.replication.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.changes.ChangesQuery;
import io.shopsync.couchdb.document.LeafRevision;
import io.shopsync.couchdb.document.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All leaf revisions of a database: what must be equal on both sides of a replication. */
final class Leaves {

    private Leaves() {}

    /** Document id to leaf revisions. */
    static Map<String, Set<String>> of(Database database) {
        var leaves = new TreeMap<String, Set<String>>();
        var all = ChangesQuery.since(ChangesQuery.BEGINNING).withAllLeaves();
        for (var change : database.changes().page(all).changes()) {
            leaves.put(change.id(), new TreeSet<>(change.revs()));
        }
        return leaves;
    }

    /** That both hold the same revisions with the same bodies, ancestries and attachments. */
    static void assertEqual(Database one, Database other) {
        assertThat(of(one)).isEqualTo(of(other));
        for (var id : of(one).keySet()) {
            assertThat(bodies(one, id)).as(id).isEqualTo(bodies(other, id));
        }
    }

    private static Map<String, ObjectNode> bodies(Database database, String id) {
        var bodies = new TreeMap<String, ObjectNode>();
        for (var leaf : database.documents().leaves(id, true)) {
            if (leaf instanceof LeafRevision.Found found) {
                bodies.put(found.rev(), found.document());
            }
        }
        return bodies;
    }

    /** Stores revisions as they are, each written with single quotes. */
    static void store(Database database, String... revisions) {
        assertThat(database.bulk()
                        .replicate(List.of(revisions).stream().map(Leaves::raw).toList()))
                .isEmpty();
    }

    static RawJson raw(String singleQuoted) {
        return RawJson.of(singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
