package io.shopsync.stack;

import io.shopsync.stack.process.Ports;
import io.shopsync.stack.process.PrivateFile;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where everything listens, all on {@code 127.0.0.1}.
 *
 * @param kafka clients' port
 * @param postgres clients' port
 * @param couchdb HTTP port of a CouchDB of ours
 * @param services HTTP port of each service
 */
public record StackPorts(int kafka, int postgres, int couchdb, Map<Service, Integer> services) {

    private static final int KAFKA = 19092;
    private static final int POSTGRES = 15432;
    /** Where a CouchDB of ours listens, if nobody else does. */
    private static final int COUCHDB = 15984;

    public StackPorts {
        services = Map.copyOf(services);
    }

    /**
     * The usual ports, each replaced by its variable: {@code SHOPSYNC_KAFKA_PORT}, {@code SHOPSYNC_POSTGRES_PORT},
     * {@code SHOPSYNC_COUCHDB_PORT}, {@code SHOPSYNC_PROVISIONING_PORT} and so on. CouchDB's is chosen among the free
     * ones at the first start and kept from then on, because tills remember it.
     */
    public static StackPorts from(Map<String, String> environment, Home home) {
        var kept = new PrivateFile(home.data("couchdb.port"));
        var services = new EnumMap<Service, Integer>(Service.class);
        for (var service : Service.values()) {
            services.put(service, port(environment, service.name(), service.defaultPort()));
        }
        return new StackPorts(
                port(environment, "KAFKA", KAFKA),
                port(environment, "POSTGRES", POSTGRES),
                environment.getOrDefault(variable("COUCHDB"), "").isBlank()
                        ? Integer.parseInt(kept.readOrMake(StackPorts::couchdbPort))
                        : port(environment, "COUCHDB", COUCHDB),
                services);
    }

    /** Free ports all, for tests. */
    public static StackPorts free() {
        var services = new EnumMap<Service, Integer>(Service.class);
        for (var service : Service.values()) {
            services.put(service, Ports.free());
        }
        return new StackPorts(Ports.free(), Ports.free(), Ports.free(), services);
    }

    /** Where {@code service} listens. */
    public int of(Service service) {
        return services.get(service);
    }

    /** The variables that make these ports: what {@link #from} reads back. */
    public Map<String, String> environment() {
        var environment = infrastructureEnvironment();
        services.forEach((service, port) -> environment.put(variable(service.name()), Integer.toString(port)));
        return environment;
    }

    /** Those of them that do not concern the services. */
    Map<String, String> infrastructureEnvironment() {
        var environment = new TreeMap<String, String>();
        environment.put(variable("KAFKA"), Integer.toString(kafka));
        environment.put(variable("POSTGRES"), Integer.toString(postgres));
        environment.put(variable("COUCHDB"), Integer.toString(couchdb));
        return environment;
    }

    /** The name of the variable that sets a port. */
    public static String variable(String name) {
        return "SHOPSYNC_" + name + "_PORT";
    }

    private static String couchdbPort() {
        return Integer.toString(Ports.isFree(COUCHDB) ? COUCHDB : Ports.free());
    }

    private static int port(Map<String, String> environment, String name, int usual) {
        var text = environment.getOrDefault(variable(name), "");
        if (text.isBlank()) {
            return usual;
        }
        try {
            int port = Integer.parseInt(text.strip());
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new StackException(variable(name) + "=" + text + " is no port");
    }
}
