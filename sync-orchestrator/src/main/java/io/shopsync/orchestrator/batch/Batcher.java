package io.shopsync.orchestrator.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Lets many threads share one call: while a call is under way, what is submitted gathers and travels together in the
 * next. Nothing is ever held back to fill a batch, so that a lone caller waits for its own call alone.
 *
 * <p>A batch that fails as a whole for a fault that one of its items may carry is halved until the culprit stands
 * alone: one item never fails its neighbours.
 *
 * @param <T> what a caller submits
 * @param <R> what it gets back
 */
public final class Batcher<T, R> {

    private final String name;
    private final int maxSize;
    private final Call<T, R> call;
    private final Predicate<RuntimeException> faultOfOneItem;

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Pending<T, R>> pending = new ArrayDeque<>();
    private boolean underWay;

    /** The shared call: as many answers as items, in their order. */
    @FunctionalInterface
    public interface Call<T, R> {
        List<R> on(List<T> items);
    }

    /**
     * @param name for the names of threads
     * @param maxSize the most items a call takes
     * @param faultOfOneItem whether a failure of the call may lie in one item, so that the others deserve a call without
     *     it; a failure that concerns everyone (the server is away) is not worth repeating
     */
    public Batcher(String name, int maxSize, Predicate<RuntimeException> faultOfOneItem, Call<T, R> call) {
        if (maxSize < 1) {
            throw new IllegalArgumentException("a batch holds at least one item");
        }
        this.name = name;
        this.maxSize = maxSize;
        this.call = call;
        this.faultOfOneItem = faultOfOneItem;
    }

    /**
     * Sends the item with whatever else is waiting and returns its answer.
     *
     * @throws RuntimeException whatever the call threw for the batch this item stood in
     */
    public R submit(T item) {
        return submitAll(List.of(item)).getFirst();
    }

    /** Sends the items with whatever else is waiting and returns their answers in the same order. */
    public List<R> submitAll(List<T> items) {
        var mine = items.stream().map(Pending<T, R>::new).toList();
        enqueue(mine);
        return mine.stream().map(Batcher::await).toList();
    }

    /** How many items wait for the next call. */
    int waiting() {
        lock.lock();
        try {
            return pending.size();
        } finally {
            lock.unlock();
        }
    }

    private static <R> R await(Pending<?, R> pending) {
        try {
            return pending.answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void enqueue(List<Pending<T, R>> items) {
        boolean start;
        lock.lock();
        try {
            pending.addAll(items);
            start = !underWay && !items.isEmpty();
            underWay |= start;
        } finally {
            lock.unlock();
        }
        if (start) {
            Thread.ofVirtual().name(name + "-batch").start(this::drain);
        }
    }

    private void drain() {
        for (var batch = next(); !batch.isEmpty(); batch = next()) {
            send(batch);
        }
    }

    private List<Pending<T, R>> next() {
        lock.lock();
        try {
            var batch = new ArrayList<Pending<T, R>>(Math.min(maxSize, pending.size()));
            while (batch.size() < maxSize && !pending.isEmpty()) {
                batch.add(pending.remove());
            }
            underWay = !batch.isEmpty();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void send(List<Pending<T, R>> batch) {
        try {
            var answers = call.on(batch.stream().map(Pending::item).toList());
            if (answers.size() != batch.size()) {
                throw new IllegalStateException(answers.size() + " answers to " + batch.size() + " items of " + name);
            }
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer.complete(answers.get(i));
            }
        } catch (RuntimeException e) {
            if (batch.size() > 1 && faultOfOneItem.test(e)) {
                var middle = batch.size() / 2;
                send(batch.subList(0, middle));
                send(batch.subList(middle, batch.size()));
            } else {
                batch.forEach(item -> item.answer.completeExceptionally(e));
            }
        } catch (Error e) {
            batch.forEach(item -> item.answer.completeExceptionally(e));
            throw e;
        }
    }

    private record Pending<T, R>(T item, CompletableFuture<R> answer) {
        Pending(T item) {
            this(item, new CompletableFuture<>());
        }
    }
}
