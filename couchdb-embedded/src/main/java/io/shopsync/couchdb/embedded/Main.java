package io.shopsync.couchdb.embedded;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server alone: {@code ./dev couchdb}. */
@Command(
        name = "couchdb",
        mixinStandardHelpOptions = true,
        description = "A CouchDB for trying and testing, in one process.")
public final class Main implements Callable<Integer> {
    @Option(names = "--port", description = "Where to listen; 0 for any free port.", defaultValue = "5984")
    private int port;

    @Option(names = "--address", description = "Where to listen.", defaultValue = "127.0.0.1")
    private String address;

    @Option(names = "--memory", description = "Keep nothing.")
    private boolean memory;

    @Option(names = "--data", description = "Where to keep everything.", defaultValue = ".shopsync/couchdb")
    private Path data;

    @Option(names = "--admin", description = "Name and password of the server admin.", defaultValue = "admin:admin")
    private String admin;

    @Option(names = "--quiet", description = "Write no access log.")
    private boolean quiet;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        EmbeddedCouch.Builder builder = EmbeddedCouch.builder().address(address);
        builder = memory ? builder.inMemory() : builder.directory(data);
        String[] parts = admin.split(":", 2);
        builder.admin(parts[0], parts.length > 1 ? parts[1] : "");
        if (!quiet) {
            builder.log(System.out::println);
        }
        EmbeddedCouch couch = builder.start(port);
        Runtime.getRuntime().addShutdownHook(new Thread(couch::close));
        System.out.println("shopsync-embedded, a CouchDB for trying and testing, answers at " + couch.url());
        Thread.currentThread().join();
        return 0;
    }
}
