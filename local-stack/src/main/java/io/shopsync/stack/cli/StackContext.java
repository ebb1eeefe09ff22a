package io.shopsync.stack.cli;

import io.shopsync.stack.Addresses;
import io.shopsync.stack.Home;
import io.shopsync.stack.InfrastructureProcess;
import io.shopsync.stack.Services;
import io.shopsync.stack.StackPorts;
import java.nio.file.Path;
import java.util.Map;

/**
 * Which stack a command is about.
 *
 * @param home its folder
 * @param repository where the services were built
 * @param ports where it listens
 */
record StackContext(Home home, Path repository, StackPorts ports) {

    /** {@code ./dev} sets {@code SHOPSYNC_REPOSITORY}; {@code SHOPSYNC_HOME} may name another folder for the data. */
    static StackContext fromEnvironment() {
        Map<String, String> environment = System.getenv();
        var repository =
                Path.of(environment.getOrDefault("SHOPSYNC_REPOSITORY", "")).toAbsolutePath();
        var folder = environment.getOrDefault("SHOPSYNC_HOME", "");
        var home = new Home(folder.isBlank() ? repository.resolve(".shopsync") : Path.of(folder));
        return new StackContext(home, repository, StackPorts.from(environment, home));
    }

    InfrastructureProcess infrastructure() {
        return new InfrastructureProcess(home);
    }

    Services services(Addresses addresses) {
        return new Services(home, repository, ports, addresses);
    }
}
