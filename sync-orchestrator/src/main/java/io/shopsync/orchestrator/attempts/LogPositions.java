package io.shopsync.orchestrator.attempts;

import io.shopsync.orchestrator.attempts.LogPosition.Head;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** How far each log was read. */
@ApplicationScoped
class LogPositions {

    private static final String FIND = "select * from log_position where log = ?";
    private static final String FORGET = "delete from log_position where log = ?";
    private static final String ADD =
            "insert into log_position (log, file_key, head_length, head_hash, position) values (?, ?, ?, ?, ?)";

    private final Jdbc jdbc;

    LogPositions(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Of each file of the log, where reading ended. */
    List<LogPosition> of(String log) {
        return find(FIND, log);
    }

    /**
     * Replaces what is stored of a log, in the caller's transaction.
     *
     * @param before what must be stored now
     * @throws IllegalStateException where something else is: another reader was there meanwhile, and what was read by
     *     this one was counted by that
     */
    void move(String log, Collection<LogPosition> before, Collection<LogPosition> after) {
        if (!new HashSet<>(find(FIND + " for update", log)).equals(new HashSet<>(before))) {
            throw new IllegalStateException("another reader has gone on with " + log);
        }
        jdbc.update(FORGET, log);
        jdbc.batch(
                ADD,
                after.stream()
                        .map(position -> new Object[] {
                            log,
                            position.fileKey(),
                            position.head().length(),
                            position.head().hash(),
                            position.offset()
                        })
                        .toList());
    }

    private List<LogPosition> find(String sql, String log) {
        return jdbc.query(
                sql,
                row -> new LogPosition(
                        row.getString("file_key"),
                        new Head(row.getInt("head_length"), row.getString("head_hash")),
                        row.getLong("position")),
                log);
    }
}
