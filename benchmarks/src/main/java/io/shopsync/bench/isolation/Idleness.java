package io.shopsync.bench.isolation;

import io.shopsync.bench.PrivateStack;
import io.shopsync.bench.Report;
import io.shopsync.stack.Service;
import io.shopsync.stack.process.Pause;
import java.time.Duration;
import java.util.Locale;

/** What the parts of a stack cost while nobody asks anything of it. */
final class Idleness {

    private static final String ORCHESTRATOR = Service.ORCHESTRATOR.module();

    private final PrivateStack stack;
    private final Duration time;
    private final Duration patience;

    /**
     * @param time to look for
     * @param patience with what still goes on before
     */
    Idleness(PrivateStack stack, Duration time, Duration patience) {
        this.stack = stack;
        this.time = time;
        this.patience = patience;
    }

    /**
     * A cost.
     *
     * @param orchestratorPercent of one core
     * @param connections of the orchestrator to CouchDB
     */
    record Cost(double orchestratorPercent, int connections) {}

    /** Waits until the stack is at rest, then measures and prints what each part costs. */
    Cost measure(Report report) {
        if (!stack.processes().awaitQuiet(patience)) {
            report.line("", "(still busy after " + patience.toSeconds() + " s)");
        }
        var processes = stack.processes();
        var before = processes.cpu();
        Pause.of(time);
        var used = processes.cpuSince(before);
        used.forEach((name, cpu) -> report.line(name, String.format(Locale.ROOT, "%.1f %% of a core", percent(cpu))));
        processes
                .residentBytes(ORCHESTRATOR)
                .ifPresent(bytes -> report.line(ORCHESTRATOR, (bytes >> 20) + " MB resident"));
        var connections =
                processes.connections(ORCHESTRATOR, stack.addresses().couchdb().getPort());
        report.line("its connections to CouchDB", Integer.toString(connections));
        return new Cost(percent(used.get(ORCHESTRATOR)), connections);
    }

    private double percent(Duration cpu) {
        return 100.0 * cpu.toNanos() / time.toNanos();
    }
}
