package io.shopsync.orchestrator.replication.edge;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent.EdgeDirection;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A CouchDB of a shop's own.
 *
 * @param databases the ones that are exchanged; empty for all that the shop has
 * @param version grows with each change
 * @param polledSeq how far its {@code _db_updates} were read
 */
record Edge(
        ShopId shop,
        String name,
        URI url,
        String username,
        EdgeDirection direction,
        Set<DatabaseName> databases,
        long version,
        String changedBy,
        Instant changedAt,
        Optional<String> polledSeq,
        int pollAttempt) {

    Edge {
        databases = Collections.unmodifiableSortedSet(new TreeSet<>(databases));
    }

    boolean pushes() {
        return direction != EdgeDirection.PULL;
    }

    boolean pulls() {
        return direction != EdgeDirection.PUSH;
    }

    boolean exchanges(DatabaseName database) {
        return databases.isEmpty() || databases.contains(database);
    }

    /** Those of a shop's databases that are exchanged. */
    SortedSet<DatabaseName> of(Collection<DatabaseName> catalogue) {
        var chosen = new TreeSet<>(catalogue);
        chosen.removeIf(database -> !exchanges(database));
        return chosen;
    }
}
