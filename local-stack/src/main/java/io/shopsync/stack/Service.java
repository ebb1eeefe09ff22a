package io.shopsync.stack;

import java.util.Locale;

/** The services, in the order that facts flow. */
public enum Service {
    PROVISIONING("provisioning-service", 8081),
    ORCHESTRATOR("sync-orchestrator", 8082),
    AUDIT("audit-service", 8083);

    private final String module;
    private final int defaultPort;

    Service(String module, int defaultPort) {
        this.module = module;
        this.defaultPort = defaultPort;
    }

    /** Its short name: of its database, in settings and in {@code status}. */
    public String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its module, which is also the name of its process and of its log. */
    public String module() {
        return module;
    }

    /** Where it listens unless {@code SHOPSYNC_{NAME}_PORT} says otherwise. */
    public int defaultPort() {
        return defaultPort;
    }
}
