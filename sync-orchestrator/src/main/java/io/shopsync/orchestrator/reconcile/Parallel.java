package io.shopsync.orchestrator.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Tasks side by side, each on a virtual thread of its own. */
final class Parallel {

    private Parallel() {}

    /**
     * Runs all tasks to their end and returns their results in order.
     *
     * @throws RuntimeException where tasks failed: the failure to act on, with the others suppressed in it
     */
    static <T> List<T> all(Collection<Callable<T>> tasks) {
        var futures = new ArrayList<Future<T>>(tasks.size());
        // Leaving the block waits for all, so that nothing goes on unattended after a failure.
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            tasks.forEach(task -> futures.add(executor.submit(task)));
        }
        var results = new ArrayList<T>(futures.size());
        var failures = new ArrayList<RuntimeException>();
        for (var future : futures) {
            try {
                results.add(future.get());
            } catch (ExecutionException e) {
                failures.add(unwrapped(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failures.add(new IllegalStateException("interrupted", e));
            }
        }
        if (!failures.isEmpty()) {
            throw Failure.toActOn(failures);
        }
        return results;
    }

    private static RuntimeException unwrapped(ExecutionException e) {
        return e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
    }
}
