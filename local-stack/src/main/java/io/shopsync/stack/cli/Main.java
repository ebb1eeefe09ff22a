package io.shopsync.stack.cli;

import io.shopsync.stack.InfrastructureProcess;
import io.shopsync.stack.StackException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What {@code ./dev} runs. */
@Command(
        name = "./dev",
        description = "ShopSync on this machine.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            TokenCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).equals(List.of(InfrastructureProcess.ARGUMENT))) {
            var context = StackContext.fromEnvironment();
            InfrastructureProcess.run(context.home(), context.ports(), System.getenv());
            return;
        }
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler(Main::explain)
                .setUsageHelpAutoWidth(true)
                .execute(arguments));
    }

    /** What a person can put right is one line; anything else is a defect and shows where. */
    private static int explain(Exception e, CommandLine commandLine, CommandLine.ParseResult result) {
        if (e instanceof StackException) {
            commandLine.getErr().println("dev: " + e.getMessage());
        } else {
            e.printStackTrace(commandLine.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
