package io.shopsync.stack.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./dev demo}. */
@Command(name = "demo", description = "Start everything and watch three shops sign up and sync.")
final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        UpCommand.bringUp(StackContext.fromEnvironment(), spec.commandLine().getOut());
        return 0;
    }
}
