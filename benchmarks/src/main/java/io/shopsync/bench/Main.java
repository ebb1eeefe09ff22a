package io.shopsync.bench;

import io.shopsync.bench.embedded.EmbeddedCouchBenchmark;
import io.shopsync.bench.isolation.IsolationBenchmark;
import io.shopsync.bench.provision.ProvisionBenchmark;
import io.shopsync.bench.replicate.ReplicateBenchmark;
import io.shopsync.bench.scan.ScanBenchmark;
import io.shopsync.stack.StackException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code ./dev bench} runs: one command a benchmark. Without a name it lists them. */
@Command(
        name = "./dev bench",
        description = "Measure. The last line of each is 'ratio N.NN': what we reach of what is possible.",
        commandListHeading = "%nBenchmarks:%n",
        synopsisSubcommandLabel = "NAME",
        subcommands = {
            EmbeddedCouchBenchmark.class,
            IsolationBenchmark.class,
            ProvisionBenchmark.class,
            ReplicateBenchmark.class,
            ScanBenchmark.class
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::explain)
                .setUsageHelpAutoWidth(true)
                .execute(arguments));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** What a person can put right is one line; anything else is a defect and shows where. */
    private static int explain(Exception e, CommandLine commandLine, CommandLine.ParseResult result) {
        if (e instanceof StackException) {
            commandLine.getErr().println("bench: " + e.getMessage());
        } else {
            e.printStackTrace(commandLine.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
