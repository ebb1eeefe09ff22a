package io.shopsync.orchestrator.replication.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent.SyncCommandKind;
import io.shopsync.orchestrator.platform.Jdbc;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** The commands, as a queue that outlives every worker: one that died is followed by another, from the start. */
@ApplicationScoped
class CommandStore {

    private static final String ADD = """
            insert into sync_command (id, shop, database, target, command, requested_by) values (?, ?, ?, ?, ?, ?)
            """;
    private static final String FIND = "select * from sync_command where id = ?";
    private static final String CLAIM = """
            update sync_command set state = 'RUNNING', claimed_until = now() + ? * interval '1 millisecond'
            where id = (
                select id from sync_command
                where state in ('ACCEPTED', 'RUNNING') and (claimed_until is null or claimed_until < now())
                order by requested_at
                limit 1
                for update skip locked)
            returning *
            """;
    private static final String PROGRESS = """
            update sync_command set result = ?::jsonb, claimed_until = now() + ? * interval '1 millisecond'
            where id = ? and state = 'RUNNING'
            """;
    private static final String END = """
            update sync_command set state = ?, result = ?::jsonb, ended_at = now(), claimed_until = null
            where id = ? and state = 'RUNNING'
            """;
    private static final String FORGET =
            "delete from sync_command where ended_at < now() - ? * interval '1 millisecond'";

    private final Jdbc jdbc;
    private final ObjectMapper json;

    CommandStore(Jdbc jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** By Postgres' clock, with which the runs that it waits for are compared. */
    @Transactional
    void add(SyncCommand command) {
        jdbc.update(
                ADD,
                command.id(),
                command.shop().map(ShopId::value).orElse(null),
                command.database().map(DatabaseName::value).orElse(null),
                command.target().orElse(null),
                command.kind().name(),
                command.requestedBy());
    }

    @Transactional
    Optional<SyncCommand> find(UUID id) {
        return jdbc.first(FIND, this::read, id);
    }

    /** Claims the longest waiting one. */
    @Transactional
    Optional<SyncCommand> claim(Duration lease) {
        return jdbc.first(CLAIM, this::read, lease.toMillis());
    }

    /** Notes how far it is, and keeps the claim. */
    @Transactional
    void progress(UUID id, JsonNode result, Duration lease) {
        jdbc.update(PROGRESS, result.toString(), lease.toMillis(), id);
    }

    @Transactional
    void end(UUID id, SyncCommand.State state, JsonNode result) {
        jdbc.update(END, state.name(), result.toString(), id);
    }

    /** Forgets commands that ended so long ago; the ledger of the audit keeps that they were given. */
    @Transactional
    void forget(Duration olderThan) {
        jdbc.update(FORGET, olderThan.toMillis());
    }

    private SyncCommand read(ResultSet row) throws SQLException {
        return new SyncCommand(
                row.getObject("id", UUID.class),
                Optional.ofNullable(row.getString("shop")).map(ShopId::new),
                Optional.ofNullable(row.getString("database")).map(DatabaseName::new),
                Optional.ofNullable(row.getString("target")),
                SyncCommandKind.valueOf(row.getString("command")),
                row.getString("requested_by"),
                Jdbc.instant(row, "requested_at").orElseThrow(),
                SyncCommand.State.valueOf(row.getString("state")),
                Jdbc.instant(row, "ended_at"),
                Optional.ofNullable(row.getString("result")).map(this::json));
    }

    private JsonNode json(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored result cannot be read", e);
        }
    }
}
