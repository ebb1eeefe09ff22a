package io.shopsync.couchdb.embedded.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Failures on demand, so that a test sees how a client bears them. The first fault that matches a request holds. */
public final class Faults {
    /** What goes wrong. */
    sealed interface Kind {
        /** The connection is closed unread. */
        record Refuse() implements Kind {}

        /** The request is served late. */
        record Delay(Duration by) implements Kind {}

        /** The request is not served. */
        record Answer(int status) implements Kind {}

        /** The request is served, and the connection closed instead of answering. */
        record DropAnswer() implements Kind {}
    }

    /** A fault that is set; closing it mends it. */
    public static final class Fault implements AutoCloseable {
        private final List<Fault> all;
        private final Match match;
        private final Kind kind;
        private final AtomicInteger hits = new AtomicInteger();

        private Fault(List<Fault> all, Match match, Kind kind) {
            this.all = all;
            this.match = match;
            this.kind = kind;
        }

        Kind kind() {
            return kind;
        }

        /** How many requests it met. */
        public int hits() {
            return hits.get();
        }

        @Override
        public void close() {
            all.remove(this);
        }

        private boolean strikes(String method, String target) {
            if (!match.matches(method, target)) {
                return false;
            }
            if (hits.incrementAndGet() <= match.times()) {
                return true;
            }
            hits.decrementAndGet();
            return false;
        }
    }

    /**
     * Which requests a fault meets.
     *
     * @param method null for any
     * @param target found anywhere in path and query string as they were sent
     * @param times how many requests
     */
    public record Match(String method, Pattern target, int times) {
        public static final Match ANY = new Match(null, Pattern.compile(""), Integer.MAX_VALUE);

        public static Match of(String method, String regex) {
            return new Match(method, Pattern.compile(regex), Integer.MAX_VALUE);
        }

        public Match times(int limit) {
            return new Match(method, target, limit);
        }

        private boolean matches(String asked, String path) {
            return (method == null || method.equals(asked))
                    && target.matcher(path).find();
        }
    }

    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    /** Closes the connection of matching requests before anything is done. */
    public Fault refuse(Match match) {
        return add(match, new Kind.Refuse());
    }

    /** Serves matching requests late. */
    public Fault delay(Match match, Duration by) {
        return add(match, new Kind.Delay(by));
    }

    /** Answers matching requests with a status (500, 503, …) and does nothing else. */
    public Fault answer(Match match, int status) {
        return add(match, new Kind.Answer(status));
    }

    /** Does what matching requests ask, then closes the connection instead of answering. */
    public Fault dropAnswer(Match match) {
        return add(match, new Kind.DropAnswer());
    }

    /** Mends everything. */
    public void clear() {
        faults.clear();
    }

    Optional<Kind> strike(String method, String target) {
        return faults.stream()
                .filter(fault -> fault.strikes(method, target))
                .findFirst()
                .map(Fault::kind);
    }

    private Fault add(Match match, Kind kind) {
        Fault fault = new Fault(faults, match, kind);
        faults.add(fault);
        return fault;
    }
}
