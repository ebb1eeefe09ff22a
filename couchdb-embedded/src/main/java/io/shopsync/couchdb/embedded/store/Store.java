package io.shopsync.couchdb.embedded.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.RandomAccessStore;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * One ordered map of bytes, in a file or in memory. A {@link #change} is written whole or not at all; {@link #settle}
 * returns when it would survive a crash. Writers that wait together share one commit.
 */
final class Store implements AutoCloseable {
    private static final int PAGE_SIZE = 4096;
    private static final int PIECE = 1000;
    /** In percent. */
    private static final int FILLED = 60;

    private static final int SHRINKING_MS = 20;
    /** In bytes, at once. */
    private static final long MOVED = 16L << 20;

    private final MVStore mvStore;
    private final MVMap<byte[], byte[]> map;
    private final boolean durable;
    private final AtomicLong waiting = new AtomicLong();
    private long settled;
    /** Shared by changes, exclusive for the snapshot a commit or a feed takes: neither holds half a change. */
    private final ReentrantReadWriteLock snapshot = new ReentrantReadWriteLock();

    private Store(MVStore mvStore, boolean durable) {
        this.mvStore = mvStore;
        map = mvStore.openMap(
                "couchdb",
                new MVMap.Builder<byte[], byte[]>()
                        .keyType(ByteArrayDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
        // What is unused may be overwritten at once: each commit is on the disk before the next one begins.
        mvStore.setRetentionTime(0);
        this.durable = durable;
    }

    static Store inMemory() {
        return new Store(new MVStore.Builder().autoCommitDisabled().open(), false);
    }

    /** @throws UncheckedIOException when the directory cannot be made */
    static Store open(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Store(
                new MVStore.Builder()
                        .fileName(directory.resolve("couchdb.mv").toString())
                        .pageSplitSize(PAGE_SIZE)
                        .autoCommitDisabled()
                        .autoCommitBufferSize(0)
                        .autoCompactFillRate(FILLED)
                        .open(),
                true);
    }

    void change(Runnable work) {
        snapshot.readLock().lock();
        try {
            work.run();
        } finally {
            snapshot.readLock().unlock();
        }
    }

    /**
     * Waits until all changes made before are on disk. The first who waits commits for all; while that is on its way, the
     * next gather.
     *
     * @throws org.h2.mvstore.MVStoreException when the disk did not take it: nothing is acknowledged that could be lost
     */
    void settle() {
        if (!durable) {
            return;
        }
        long mine = waiting.incrementAndGet();
        synchronized (waiting) {
            if (settled < mine) {
                long upTo = waiting.get();
                commit();
                settled = upTo;
            }
        }
    }

    byte[] get(byte[] key) {
        return map.get(key);
    }

    void put(byte[] key, byte[] value) {
        map.put(key, value);
    }

    void remove(byte[] key) {
        map.remove(key);
    }

    /** Removes all of one database, a piece at a time. */
    void clear(int database) {
        byte[] end = Keys.of(database + 1, (byte) 0);
        List<byte[]> keys = new ArrayList<>();
        do {
            keys.clear();
            scan(Keys.of(database, (byte) 0), end, false, (key, value) -> keys.add(key) && keys.size() < PIECE);
            change(() -> keys.forEach(map::remove));
        } while (keys.size() == PIECE);
    }

    /** Takes one entry; returning false ends the scan. */
    @FunctionalInterface
    interface Visitor {
        boolean visit(byte[] key, byte[] value);
    }

    /** Entries as they were when it was opened, to be passed once. */
    interface Scan {
        void pass(Visitor visitor);
    }

    /** Passes the entries from {@code from} to before {@code end}, as they were when the scan began. */
    void scan(byte[] from, byte[] end, boolean descending, Visitor visitor) {
        open(from, end, descending).pass(visitor);
    }

    /** The entries from {@code from} to before {@code end}, as they are now. */
    Scan open(byte[] from, byte[] end, boolean descending) {
        MVStore.TxCounter version = mvStore.registerVersionUsage();
        byte[] last = descending ? map.lowerKey(end) : null;
        Cursor<byte[], byte[]> cursor = descending && last == null
                ? null
                : map.cursor(descending ? last : from, descending ? from : end, descending);
        return visitor -> {
            try {
                while (cursor != null && cursor.hasNext()) {
                    byte[] key = cursor.next();
                    // The cursor's own bound is inclusive.
                    boolean behind = !descending && map.getKeyType().compare(key, end) >= 0;
                    if (behind || !visitor.visit(key, cursor.getValue())) {
                        return;
                    }
                }
            } finally {
                mvStore.deregisterVersionUsage(version);
            }
        };
    }

    /** Reads while no change is half made. */
    <T> T betweenChanges(Supplier<T> read) {
        snapshot.writeLock().lock();
        try {
            return read.get();
        } finally {
            snapshot.writeLock().unlock();
        }
    }

    /** The number of entries from {@code from} to before {@code end}. */
    long count(byte[] from, byte[] end) {
        return index(end) - index(from);
    }

    private long index(byte[] key) {
        long index = map.getKeyIndex(key);
        return index >= 0 ? index : -index - 1;
    }

    private void commit() {
        betweenChanges(mvStore::commit);
        mvStore.sync();
    }

    /**
     * Puts together what is left of sparse parts of the file, and gives back their space. MVStore could do so in the
     * background by itself, but would commit half a change.
     */
    void shrink() {
        if (!durable) {
            return;
        }
        if (mvStore.getFileStore().getChunksFillRate() < FILLED) {
            synchronized (waiting) {
                // What was removed and not yet committed still holds its space, and nobody may be waiting for a commit.
                commit();
            }
            betweenChanges(() -> {
                mvStore.compactFile(SHRINKING_MS);
                return null;
            });
        }
        // Full parts behind a gap keep the file long: the compaction above moves nothing where all parts are full.
        if (mvStore.getFileStore() instanceof RandomAccessStore file && file.getFillRate() < FILLED) {
            betweenChanges(() -> {
                file.compactMoveChunks(FILLED, MOVED, mvStore);
                return null;
            });
        }
    }

    @Override
    public void close() {
        synchronized (waiting) {
            // Closing commits, too, and must not commit half a change.
            betweenChanges(() -> {
                mvStore.close();
                return null;
            });
        }
    }
}
