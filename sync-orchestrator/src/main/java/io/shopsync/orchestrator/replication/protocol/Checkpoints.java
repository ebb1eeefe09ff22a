package io.shopsync.orchestrator.replication.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.database.DatabaseInfo;
import io.shopsync.orchestrator.replication.protocol.ReplicationLog.Incarnations;
import io.shopsync.orchestrator.replication.protocol.ReplicationLog.Session;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The checkpoints of a run on both sides.
 *
 * <p>Each save is a session of its own, where CouchDB counts a whole run as one: two sides with the same session on top
 * then always mean the same sequence, also after one of them was restored from a backup.
 *
 * <p>A database that was deleted and made anew has lost its checkpoint. That is how it is noticed, for its
 * {@code instance_start_time} counts in seconds: a new replication leaves a first checkpoint before it copies anything,
 * and each save looks first whether the last one still stands.
 */
final class Checkpoints {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String BEGINNING = "0";
    private static final int FEW = 5;

    private final Replication replication;
    private final Incarnations incarnations;
    private final boolean targetEmpty;
    private final String startSeq;
    private List<Session> history;
    /** Sessions that the checkpoints may be of: found at the start, written, or sent with no answer. */
    private final Set<String> ours = new HashSet<>();

    private Optional<Mark> atSource;
    private Optional<Mark> atTarget;
    private String saved;

    private Checkpoints(Replication replication, Found source, Found target) {
        this.replication = replication;
        this.incarnations = new Incarnations(
                source.info().instanceStartTime(), target.info().instanceStartTime());
        this.targetEmpty = target.empty();
        this.atSource = source.mark();
        this.atTarget = target.mark();
        source.mark().ifPresent(mark -> ours.add(mark.session()));
        target.mark().ifPresent(mark -> ours.add(mark.session()));
        var agreed = source.log
                .filter(this::speaksOfTheseDatabases)
                .flatMap(s ->
                        target.log.filter(this::speaksOfTheseDatabases).flatMap(t -> ReplicationLog.agreement(s, t)));
        this.history = agreed.map(ReplicationLog.Agreement::history).orElse(List.of());
        this.startSeq = agreed.map(ReplicationLog.Agreement::seq).orElse(BEGINNING);
        this.saved = startSeq;
    }

    /** That side's database is not the one that the run began with. */
    static final class RecreatedException extends RuntimeException {
        private final Side side;

        private RecreatedException(Side side) {
            super(side + " was made anew");
            this.side = side;
        }

        Side side() {
            return side;
        }
    }

    /** Somebody else has written the checkpoint since. */
    static final class OvertakenException extends RuntimeException {}

    /** Reads both sides, and leaves a first checkpoint where there is none. */
    static Checkpoints open(Replication replication) {
        var found = Both.of(
                () -> Side.SOURCE.ask(() -> Found.in(replication.source(), replication.id())),
                () -> Side.TARGET.ask(() -> Found.in(replication.target(), replication.id())));
        var checkpoints = new Checkpoints(replication, found.first(), found.second());
        if (checkpoints.atSource.isEmpty() || checkpoints.atTarget.isEmpty()) {
            checkpoints.write(UUID.randomUUID().toString(), checkpoints.startSeq);
        }
        return checkpoints;
    }

    /** The source's sequence after which to begin. */
    String startSeq() {
        return startSeq;
    }

    /** The source's sequence that both sides remember. */
    String saved() {
        return saved;
    }

    /** Whether the target held nothing but design documents, no tombstone either: it need not be asked what it lacks. */
    boolean targetEmpty() {
        return targetEmpty;
    }

    /**
     * Makes both sides remember {@code seq}.
     *
     * @throws RecreatedException where a database was made anew since the last save
     * @throws OvertakenException where another run saves under the same id
     */
    void save(String seq, Tally done, Instant started, Instant now) {
        var current = Both.of(
                () -> Side.SOURCE.ask(() -> Mark.in(replication.source(), replication.id())),
                () -> Side.TARGET.ask(() -> Mark.in(replication.target(), replication.id())));
        atSource = Optional.of(verified(Side.SOURCE, current.first()));
        atTarget = Optional.of(verified(Side.TARGET, current.second()));
        var session = session(seq, done, started, now);
        var longer = new ArrayList<Session>(history.size() + 1);
        longer.add(session);
        longer.addAll(history);
        history = longer;
        write(session.id(), seq);
        saved = seq;
    }

    private void write(String sessionId, String seq) {
        ours.add(sessionId);
        var written = Both.of(
                () -> Side.SOURCE.ask(() -> put(replication.source(), log(atSource, sessionId, seq))),
                () -> Side.TARGET.ask(() -> put(replication.target(), log(atTarget, sessionId, seq))));
        atSource = Optional.of(new Mark(written.first(), sessionId));
        atTarget = Optional.of(new Mark(written.second(), sessionId));
    }

    private Mark verified(Side side, Optional<Mark> found) {
        var mark = found.orElseThrow(() -> new RecreatedException(side));
        if (!ours.contains(mark.session())) {
            throw new OvertakenException();
        }
        return mark;
    }

    private boolean speaksOfTheseDatabases(ReplicationLog log) {
        return log.incarnations().filter(incarnations::equals).isPresent();
    }

    private ReplicationLog log(Optional<Mark> replaced, String sessionId, String seq) {
        return new ReplicationLog(replaced.map(Mark::rev), sessionId, seq, history, Optional.of(incarnations));
    }

    private Session session(String seq, Tally done, Instant started, Instant now) {
        var id = UUID.randomUUID().toString();
        var details = JsonNodeFactory.instance.objectNode();
        details.put("session_id", id)
                .put("start_time", HTTP_DATE.format(started))
                .put("end_time", HTTP_DATE.format(now))
                .put("start_last_seq", startSeq)
                .put("end_last_seq", seq)
                .put("recorded_seq", seq)
                .put("missing_checked", done.checked())
                .put("missing_found", done.missing())
                .put("docs_read", done.read())
                .put("docs_written", done.written())
                .put("doc_write_failures", done.refused());
        return new Session(id, seq, details);
    }

    private String put(Database database, ReplicationLog log) {
        return database.local().put(replication.id().value(), log.toJson());
    }

    /** A checkpoint document's revision, and the session it is of; no session where it is no checkpoint. */
    private record Mark(String rev, String session) {

        static Optional<Mark> in(Database database, ReplicationId id) {
            return database.local().get(id.value()).map(Mark::of);
        }

        static Mark of(ObjectNode document) {
            return new Mark(
                    document.path("_rev").asText(), document.path("session_id").asText(""));
        }
    }

    /** What a side has at the start. */
    private record Found(DatabaseInfo info, Optional<Mark> mark, Optional<ReplicationLog> log, boolean empty) {

        static Found in(Database database, ReplicationId id) {
            var info = database.info();
            var document = database.local().get(id.value());
            var empty = document.isEmpty() && info.deleted() == 0 && designDocumentsAlone(database, info);
            return new Found(info, document.map(Mark::of), document.flatMap(ReplicationLog::of), empty);
        }

        /** A database as provisioning leaves it holds its guard and nothing else. */
        private static boolean designDocumentsAlone(Database database, DatabaseInfo info) {
            return info.documents() <= FEW
                    && database.documentsAfter("", FEW + 1, false).stream()
                            .allMatch(document -> document.id().startsWith("_design/"));
        }
    }
}
