package io.shopsync.stack.cli;

import io.shopsync.stack.Addresses;
import io.shopsync.stack.Service;
import io.shopsync.stack.Services;
import io.shopsync.stack.couchdb.CouchServer;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.EnumMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./dev up}. */
@Command(name = "up", description = "Start everything that is not up yet; it goes on where it was.")
final class UpCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        var out = spec.commandLine().getOut();
        var context = StackContext.fromEnvironment();
        bringUp(context, out);
        out.println();
        out.println("Everything is up. ./dev status shows where, ./dev token admin makes a token, ./dev down ends it.");
    }

    /** Brings everything up and says what it does. */
    static Services bringUp(StackContext context, PrintWriter out) {
        var addresses = infrastructure(context, out);
        var services = context.services(addresses);
        var outcomes = new EnumMap<Service, Services.Outcome>(Service.class);
        long begun = System.nanoTime();
        out.println("Starting the services …");
        out.flush();
        for (var service : Service.values()) {
            outcomes.put(service, services.ensure(service));
        }
        for (var service : Service.values()) {
            services.awaitReady(service);
            var how = switch (outcomes.get(service)) {
                case RUNS_ALREADY -> "already up";
                case STARTED -> "ready after " + since(begun);
                case RESTARTED -> "built or set up anew, so restarted; ready after " + since(begun);
            };
            line(out, service.module(), services.baseUrl(service).toString(), how);
        }
        return services;
    }

    private static Addresses infrastructure(StackContext context, PrintWriter out) {
        long begun = System.nanoTime();
        out.println("Starting Kafka, Postgres and CouchDB …");
        out.flush();
        var process = context.infrastructure();
        boolean started = process.ensure(Main.class, context.ports(), System.getenv());
        var how = started ? "up after " + since(begun) : "already up";
        var addresses = process.addresses().orElseThrow();
        line(out, "Kafka", addresses.kafka(), how);
        line(out, "Postgres", addresses.postgres(), how);
        line(out, "CouchDB", addresses.couchdb().toString(), describe(addresses.couchdbKind()) + ", " + how);
        return addresses;
    }

    /** Where a CouchDB comes from, for people. */
    static String describe(CouchServer.Kind kind) {
        return switch (kind) {
            case GIVEN -> "the one that COUCHDB_URL names";
            case INSTALLED -> "a private instance of the installed CouchDB";
            case CONTAINER -> "in a container";
            case EMBEDDED -> "embedded";
        };
    }

    private static void line(PrintWriter out, String what, String where, String how) {
        out.printf("  %-22s %-26s %s%n", what, where, how);
        out.flush();
    }

    private static String since(long nanos) {
        return "%.1f s".formatted(Duration.ofNanos(System.nanoTime() - nanos).toMillis() / 1000.0);
    }
}
