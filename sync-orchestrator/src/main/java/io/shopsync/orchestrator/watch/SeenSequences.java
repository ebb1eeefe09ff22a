package io.shopsync.orchestrator.watch;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The sequence at which each database was last announced: what a sweep compares with. It spans all shops. */
@ApplicationScoped
class SeenSequences {

    private static final String ALL = "select physical_name, update_seq from seen_sequence";
    private static final String REMEMBER = """
            insert into seen_sequence (physical_name, update_seq) values (?, ?)
            on conflict (physical_name) do update set update_seq = excluded.update_seq
            """;
    private static final String FORGET = "delete from seen_sequence where physical_name = any(?)";

    private final Jdbc jdbc;

    SeenSequences(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** A database and its opaque sequence, with its incarnation: a database made anew starts over. */
    record Seen(ShopDatabase database, String sequence) {}

    /** Sequences by physical name. */
    Map<String, String> all() {
        return jdbc.query(ALL, row -> Map.entry(row.getString(1), row.getString(2))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void remember(List<Seen> seen) {
        jdbc.batch(
                REMEMBER,
                seen.stream()
                        .map(it -> new Object[] {it.database().physicalName(), it.sequence()})
                        .toList());
    }

    void forget(Collection<String> physicalNames) {
        if (!physicalNames.isEmpty()) {
            jdbc.update(FORGET, (Object) physicalNames.toArray(String[]::new));
        }
    }
}
