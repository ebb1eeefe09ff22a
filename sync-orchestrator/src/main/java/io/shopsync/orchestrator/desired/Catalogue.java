package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.DatabaseName;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The databases of a shop.
 *
 * @param current what the shop has
 * @param retired what it had: kept, because they hold data, but open to nobody
 */
public record Catalogue(SortedSet<DatabaseName> current, SortedSet<DatabaseName> retired) {

    public Catalogue {
        current = Collections.unmodifiableSortedSet(new TreeSet<>(current));
        retired = Collections.unmodifiableSortedSet(new TreeSet<>(retired));
    }

    static Catalogue of(Collection<DatabaseName> current) {
        return new Catalogue(new TreeSet<>(current), Collections.emptySortedSet());
    }

    /** The catalogue is now exactly these; what left it is retired, what came back is so no longer. */
    Catalogue changedTo(Collection<DatabaseName> names) {
        var left = new TreeSet<>(all());
        left.removeAll(names);
        return new Catalogue(new TreeSet<>(names), left);
    }

    /** Every database that the shop has or had, and whose isolation is therefore our matter. */
    public SortedSet<DatabaseName> all() {
        var all = new TreeSet<>(current);
        all.addAll(retired);
        return all;
    }
}
