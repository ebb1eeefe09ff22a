package io.shopsync.orchestrator.replication.protocol;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Two answers asked for at the same time. Where one fails the other is still waited for: a write that is given up may yet
 * take effect, at a moment when nobody expects it any more. Only an interrupt ends both.
 */
record Both<A, B>(A first, B second) {

    static <A, B> Both<A, B> of(Supplier<A> first, Supplier<B> second) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var other = threads.submit(second::get);
            try {
                return new Both<>(first.get(), other.get());
            } catch (ExecutionException e) {
                throw rethrown(e.getCause());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new InterruptedRun();
            }
        }
    }

    /** What a task threw, as it was. */
    static RuntimeException rethrown(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException(thrown);
        };
    }
}
