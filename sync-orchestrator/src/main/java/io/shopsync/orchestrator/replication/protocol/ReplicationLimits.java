package io.shopsync.orchestrator.replication.protocol;

import java.time.Duration;

/**
 * How much is under way at once. A run holds about {@code lanes * (2 * batchBytes + largestDocument)} bytes at the very
 * worst, and {@code lanes * 2 * batchBytes} with documents of usual sizes.
 *
 * @param changesPerPage changes that are read, compared and fetched in one request each
 * @param lanes pages under way at once: one is read while another is written
 * @param batchBytes documents written in one request, in bytes of JSON; a longer document is written alone
 * @param largestDocument longer documents (attachments count, in base64) are refused here, in bytes of JSON
 * @param checkpointEvery how much of a long run may have to be looked at again after a crash
 * @param changesPerRun after so many changes a run ends, so that others have their turn
 * @param longestRun after this time a run ends at its next page, for the same reason
 */
public record ReplicationLimits(
        int changesPerPage,
        int lanes,
        int batchBytes,
        long largestDocument,
        Duration checkpointEvery,
        long changesPerRun,
        Duration longestRun) {

    /**
     * 500 changes a page, four lanes, 2 MB a batch, 64 MB a document, a checkpoint every 5 s, no end before all is copied.
     * Four small pages keep both servers busy: two of 1000 copied a sixth fewer documents a second onto a guard.
     */
    public static final ReplicationLimits DEFAULT = new ReplicationLimits(
            500, 4, 2 << 20, 64L << 20, Duration.ofSeconds(5), Long.MAX_VALUE, Duration.ofDays(365));

    public ReplicationLimits {
        if (changesPerPage < 1 || lanes < 1 || batchBytes < 1 || largestDocument < 1 || changesPerRun < 1) {
            throw new IllegalArgumentException("a limit of replication is at least 1");
        }
        if (checkpointEvery.isNegative()) {
            throw new IllegalArgumentException("checkpointEvery is not negative");
        }
    }

    /** The same with pages of another size. */
    public ReplicationLimits changesPerPage(int changes) {
        return new ReplicationLimits(
                changes, lanes, batchBytes, largestDocument, checkpointEvery, changesPerRun, longestRun);
    }

    /** The same with another number of pages under way. */
    public ReplicationLimits lanes(int pages) {
        return new ReplicationLimits(
                changesPerPage, pages, batchBytes, largestDocument, checkpointEvery, changesPerRun, longestRun);
    }

    /** The same with other bounds of bytes. */
    public ReplicationLimits bytes(int batch, long document) {
        return new ReplicationLimits(
                changesPerPage, lanes, batch, document, checkpointEvery, changesPerRun, longestRun);
    }

    /** The same with checkpoints at other intervals. */
    public ReplicationLimits checkpointEvery(Duration interval) {
        return new ReplicationLimits(
                changesPerPage, lanes, batchBytes, largestDocument, interval, changesPerRun, longestRun);
    }

    /** The same with runs of at most so many changes (rounded up to a page). */
    public ReplicationLimits changesPerRun(long changes) {
        return new ReplicationLimits(
                changesPerPage, lanes, batchBytes, largestDocument, checkpointEvery, changes, longestRun);
    }

    /** The same with runs of at most this time. */
    public ReplicationLimits longestRun(Duration time) {
        return new ReplicationLimits(
                changesPerPage, lanes, batchBytes, largestDocument, checkpointEvery, changesPerRun, time);
    }
}
