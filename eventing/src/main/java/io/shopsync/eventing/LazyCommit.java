package io.shopsync.eventing;

/**
 * Lets the commit of a transaction return before it is on the disk, where what a crash of Postgres would lose is no loss:
 * work that is done again, or an event that is published again.
 */
public final class LazyCommit {

    /** A condition for a statement's {@code where}: it always holds, is asked once, and asks for the lazy commit. */
    public static final String CONDITION = "(select set_config('synchronous_commit', 'off', true)) = 'off'";

    private LazyCommit() {}
}
