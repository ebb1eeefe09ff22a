package io.shopsync.couchdb.embedded.store;

/**
 * What a database knows of itself.
 *
 * @param uuid tells a database from one of the same name before it
 * @param created in seconds of the epoch
 * @param sequence the number of the latest update
 * @param purges how many documents were purged
 * @param last the number given last to a body or an attachment
 * @param revsLimit how many revisions of a branch are remembered
 * @param stored bytes of all bodies and attachments
 * @param live bytes of those that a leaf still shows
 */
public record State(
        String uuid, long created, long sequence, long purges, long last, int revsLimit, long stored, long live) {
    private static final int DEFAULT_REVS_LIMIT = 1000;
    private static final long WORTH_COMPACTING = 1024 * 1024;

    static State fresh(String uuid, long created) {
        return new State(uuid, created, 0, 0, 0, DEFAULT_REVS_LIMIT, 0, 0);
    }

    State nextSequence() {
        return new State(uuid, created, sequence + 1, purges, last, revsLimit, stored, live);
    }

    State nextPlace(int bytes) {
        return new State(uuid, created, sequence, purges, last + 1, revsLimit, stored + bytes, live + bytes);
    }

    State purged() {
        return new State(uuid, created, sequence, purges + 1, last, revsLimit, stored, live);
    }

    State outdated(long bytes) {
        return new State(uuid, created, sequence, purges, last, revsLimit, stored, Math.max(0, live - bytes));
    }

    State compacted(long kept) {
        return new State(uuid, created, sequence, purges, last, revsLimit, kept, kept);
    }

    /** Whether more than half is waste, and enough of it to be worth the work: as CouchDB's {@code smoosh} decides. */
    boolean isWasteful() {
        return stored > WORTH_COMPACTING && stored > 2 * live;
    }

    State withRevsLimit(int limit) {
        return new State(uuid, created, sequence, purges, last, limit, stored, live);
    }
}
