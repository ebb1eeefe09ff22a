package io.shopsync.orchestrator.attempts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Where refused requests are read from, and which of them belong together. Nothing is read unless it is named here. */
@ConfigMapping(prefix = "shopsync.attempts")
public interface AttemptsConfig {

    /**
     * The file that CouchDB logs to, at level {@code notice} or below. Of the replicas that can see it, one reads it. It
     * may be rotated by renaming or by copying and truncating, as long as the old file stays beside it, uncompressed,
     * until it was read.
     */
    Optional<Path> couchdbLog();

    /** The file of the edge's record, rotated in the same ways. */
    Optional<Path> edgeLog();

    /** Where CouchDB ({@code [log] writer = syslog}) and edges may send their lines instead. */
    Syslog syslog();

    /**
     * Whether the answers of CouchDB that the edge logs count, too. Only for where CouchDB's own log is not read: they
     * would count twice.
     */
    @WithDefault("false")
    boolean edgeSpeaksForCouchdb();

    /** A burst is over after this long without a request. */
    @WithDefault("1m")
    Duration quiet();

    /** A burst that goes on for longer than this is told of anew. */
    @WithDefault("1h")
    Duration longest();

    /** How long the first requests of a burst are gathered before its finding is raised. */
    @WithDefault("500ms")
    Duration gather();

    /** More requests of one burst in a minute than this are a more severe finding. */
    @WithDefault("60")
    int perMinute();

    /**
     * Requests without a proven login are a finding from this many in one burst on. A till asks a few times in vain
     * when its session has ended.
     */
    @WithDefault("5")
    int unprovenFrom();

    /** How many bursts may be under way; what comes beyond is counted as one. */
    @WithDefault("10000")
    int openBursts();

    /** Logins whose refusals are none of ours to report, besides the control plane's own. */
    @WithDefault("none")
    Set<String> ignoredLogins();

    /** How often a file is looked at. */
    @WithDefault("200ms")
    Duration poll();

    /** How long a file that was renamed and deleted is still read: CouchDB goes on in it for up to 30 s. */
    @WithDefault("2m")
    Duration afterRotation();

    /** How long a reader that died keeps others from taking its place. */
    @WithDefault("6s")
    Duration lease();

    /** Lines over UDP. They are neither acknowledged nor proven: bind to a network where only CouchDB and edges are. */
    interface Syslog {

        /** Port to listen at. */
        OptionalInt port();

        /** Address to listen at. */
        @WithDefault("127.0.0.1")
        String host();
    }
}
