package io.shopsync.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.shopsync.stack.process.Daemon;
import io.shopsync.stack.process.Pause;
import io.shopsync.stack.process.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * The process that runs {@link Infrastructure} for a stack that stays up: both sides of it, the one that starts it and
 * the one that is it. They meet in a file with the addresses.
 */
public final class InfrastructureProcess {

    /** The word after the program's name that makes it this process. */
    public static final String ARGUMENT = "infrastructure";

    private static final String NAME = "infrastructure";
    private static final String HEAP = "-Xmx768m";
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration END_PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> COUCH_CHOICE = List.of("COUCHDB_URL", "COUCHDB_HOME");

    private final Home home;
    private final Daemon daemon;
    private final PrivateFile addresses;

    public InfrastructureProcess(Home home) {
        this.home = home;
        this.daemon = new Daemon(NAME, home.run(), home.log(NAME));
        this.addresses = new PrivateFile(home.run().resolve("addresses.json"));
    }

    /** The process, running or not. */
    public Daemon daemon() {
        return daemon;
    }

    /** Where everything is, if it is up. */
    public Optional<Addresses> addresses() {
        return daemon.living().isPresent() && addresses.exists() ? Optional.of(read()) : Optional.empty();
    }

    /**
     * Starts the process unless it runs already with the same ports and the same choice of CouchDB, and waits until
     * all of it answers.
     *
     * @param main the class whose {@code main} comes to {@link #run}
     * @param ports where to listen
     * @param environment of this process, which chooses the CouchDB
     * @return whether it had to be started
     * @throws StackException where a port is taken or a server does not start
     */
    public boolean ensure(Class<?> main, StackPorts ports, Map<String, String> environment) {
        var command = command(main, ports, environment);
        if (daemon.runs(command) && addresses.exists()) {
            return false;
        }
        stop();
        requirePorts(ports, environment);
        var process = daemon.start(command);
        awaitAddresses(process);
        return true;
    }

    /** Ends it in peace; false where it did not run. */
    public boolean stop() {
        boolean ran = daemon.stop(END_PATIENCE);
        try {
            Files.deleteIfExists(addresses.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ran;
    }

    /** Is the process: returns only when it is asked to end. */
    public static void run(Home home, StackPorts ports, Map<String, String> environment) throws InterruptedException {
        var infrastructure = Infrastructure.start(home, ports, environment);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            infrastructure.close();
            ended.countDown();
        }));
        new InfrastructureProcess(home).write(infrastructure.addresses());
        ended.await();
    }

    /** Where a server of ours left a process behind, that may be the holder: it is ended when the server starts. */
    private void requirePorts(StackPorts ports, Map<String, String> environment) {
        Services.requireFree("Kafka", ports.kafka(), StackPorts.variable("KAFKA"));
        if (!Files.exists(home.data("postgres").resolve("postmaster.pid"))) {
            Services.requireFree("Postgres", ports.postgres(), StackPorts.variable("POSTGRES"));
        }
        boolean given = !environment.getOrDefault("COUCHDB_URL", "").isBlank();
        if (!given && !Files.exists(home.data("couchdb").resolve("couchdb.pid"))) {
            Services.requireFree("CouchDB", ports.couchdb(), StackPorts.variable("COUCHDB"));
        }
    }

    private Daemon.Command command(Class<?> main, StackPorts ports, Map<String, String> environment) {
        var words = new ArrayList<String>();
        words.add(Java.program());
        words.addAll(List.of(HEAP, Java.QUICK_COMPILER, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        words.add("--sun-misc-unsafe-memory-access=allow");
        words.add("-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
        words.add("-Dlogging.configuration=" + Home.class.getResource("logging.properties"));
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), ARGUMENT));
        var variables = new TreeMap<>(ports.infrastructureEnvironment());
        variables.put("SHOPSYNC_HOME", home.folder().toString());
        for (var variable : COUCH_CHOICE) {
            variables.put(variable, environment.getOrDefault(variable, ""));
        }
        return new Daemon.Command(words, variables, "");
    }

    private void awaitAddresses(ProcessHandle process) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!addresses.exists()) {
            if (!process.isAlive()) {
                throw new StackException("Kafka, Postgres and CouchDB did not start; " + Services.endOfLog(daemon));
            }
            if (System.nanoTime() > deadline) {
                throw new StackException("Kafka, Postgres and CouchDB are not up after " + PATIENCE.toSeconds() + " s; "
                        + Services.endOfLog(daemon));
            }
            Pause.of(PAUSE);
        }
    }

    private Addresses read() {
        try {
            return JSON.readValue(addresses.read(), Addresses.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("unreadable: " + addresses.path(), e);
        }
    }

    private void write(Addresses found) {
        try {
            addresses.write(JSON.writeValueAsString(found));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
