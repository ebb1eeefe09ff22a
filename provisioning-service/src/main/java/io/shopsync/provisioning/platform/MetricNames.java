package io.shopsync.provisioning.platform;

/** The names of the metrics this service adds; dashboards and alerts are checked against them. */
public final class MetricNames {

    /** Signups, counted by {@code outcome}: {@code accepted}, {@code repeated} or {@code refused}. */
    public static final String SIGNUPS = "shopsync.signups";

    /** Time from an accepted signup to its shop's first READY, a histogram in seconds. */
    public static final String SIGNUP_TO_READY = "shopsync.signup.to.ready";

    /** How many shops there are, by {@code status}. */
    public static final String SHOPS = "shopsync.shops";

    /** Lifecycle commands, counted by {@code command} and {@code outcome}. */
    public static final String COMMANDS = "shopsync.commands";

    /** How many streams of progress are open. */
    public static final String PROGRESS_STREAMS = "shopsync.progress.streams";

    /** How many passwords are sealed with another key than the first. */
    public static final String CREDENTIALS_STALE = "shopsync.credentials.stale";

    /** Requests for a token, counted by {@code outcome}: {@code issued}, {@code refused} or {@code throttled}. */
    public static final String TOKENS = "shopsync.tokens";

    private MetricNames() {}
}
