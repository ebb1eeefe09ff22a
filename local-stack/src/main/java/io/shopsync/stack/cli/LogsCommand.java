package io.shopsync.stack.cli;

import io.shopsync.stack.Home;
import io.shopsync.stack.Service;
import io.shopsync.stack.Services;
import io.shopsync.stack.StackException;
import io.shopsync.stack.process.Daemon;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./dev logs}. */
@Command(name = "logs", description = "Show the end of the logs.")
final class LogsCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVICE",
            description = "provisioning, orchestrator, audit or infrastructure; all of them unless given")
    private String service;

    @Option(
            names = {"-n", "--lines"},
            defaultValue = "40",
            description = "how many lines of each (${DEFAULT-VALUE})")
    private int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what is written, until Ctrl-C")
    private boolean follow;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var context = StackContext.fromEnvironment();
        var chosen = chosen(processes(context.home(), context.infrastructure().daemon()));
        if (follow) {
            return follow(chosen);
        }
        var out = spec.commandLine().getOut();
        for (var process : chosen) {
            out.println("==> " + process.log() + " <==");
            process.lastLines(lines).forEach(out::println);
        }
        return 0;
    }

    private List<Daemon> chosen(Map<String, Daemon> processes) {
        if (service == null) {
            return List.copyOf(processes.values());
        }
        return processes.entrySet().stream()
                .filter(entry -> entry.getKey().equals(service)
                        || entry.getValue().name().equals(service))
                .map(Map.Entry::getValue)
                .findFirst()
                .map(List::of)
                .orElseThrow(() -> new StackException(
                        "there is no log of " + service + ", only of " + String.join(", ", processes.keySet())));
    }

    private static Map<String, Daemon> processes(Home home, Daemon infrastructure) {
        var processes = new LinkedHashMap<String, Daemon>();
        for (var each : Service.values()) {
            processes.put(each.shortName(), Services.daemon(home, each));
        }
        processes.put("infrastructure", infrastructure);
        return processes;
    }

    private int follow(List<Daemon> chosen) throws Exception {
        var words = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines), "-F"));
        chosen.forEach(process -> words.add(process.log().toString()));
        return new ProcessBuilder(words).inheritIO().start().waitFor();
    }
}
