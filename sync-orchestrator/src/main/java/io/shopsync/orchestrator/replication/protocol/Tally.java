package io.shopsync.orchestrator.replication.protocol;

/**
 * What a run has done.
 *
 * @param changes changes read from the source
 * @param checked leaf revisions they hold
 * @param missing those that the target lacked
 * @param read revisions read
 * @param written revisions the target took
 * @param refused revisions told to the listener as not copied
 * @param gone revisions that were there when their change was read and not any more when they were fetched: a newer
 *     change follows, or they were purged
 * @param bytes of JSON read
 */
public record Tally(
        long changes, long checked, long missing, long read, long written, long refused, long gone, long bytes) {

    /** Nothing yet. */
    public static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0, 0, 0);

    /** Both together. */
    public Tally plus(Tally other) {
        return new Tally(
                changes + other.changes,
                checked + other.checked,
                missing + other.missing,
                read + other.read,
                written + other.written,
                refused + other.refused,
                gone + other.gone,
                bytes + other.bytes);
    }
}
