package io.shopsync.stack.cli;

import io.shopsync.stack.Service;
import io.shopsync.stack.Services;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./dev down}. */
@Command(name = "down", description = "End everything; the data stays.")
final class DownCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        var out = spec.commandLine().getOut();
        var context = StackContext.fromEnvironment();
        // The services first: they finish what they are at while Kafka, Postgres and CouchDB still answer.
        try (var enders = Executors.newVirtualThreadPerTaskExecutor()) {
            var ends = new EnumMap<Service, Future<Boolean>>(Service.class);
            for (var service : Service.values()) {
                ends.put(service, enders.submit(() -> Services.stop(context.home(), service)));
            }
            for (var end : ends.entrySet()) {
                line(out, end.getKey().module(), end.getValue().get());
            }
        }
        line(out, "infrastructure", context.infrastructure().stop());
        return 0;
    }

    private static void line(PrintWriter out, String what, boolean ran) {
        out.printf("  %-22s %s%n", what, ran ? "ended" : "was not up");
        out.flush();
    }
}
