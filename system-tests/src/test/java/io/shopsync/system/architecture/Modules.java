package io.shopsync.system.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The modules, in an order in which each comes after those it may use. */
enum Modules {
    CONTRACTS("contracts", "io.shopsync.contracts"),
    EVENTING("eventing", "io.shopsync.eventing", CONTRACTS),
    SERVICE_PLATFORM("service-platform", "io.shopsync.platform", CONTRACTS),
    COUCHDB_EMBEDDED("couchdb-embedded", "io.shopsync.couchdb.embedded"),
    COUCHDB_CLIENT("couchdb-client", "io.shopsync.couchdb"),
    PROVISIONING("provisioning-service", "io.shopsync.provisioning", CONTRACTS, EVENTING, SERVICE_PLATFORM),
    ORCHESTRATOR(
            "sync-orchestrator", "io.shopsync.orchestrator", CONTRACTS, EVENTING, SERVICE_PLATFORM, COUCHDB_CLIENT),
    AUDIT("audit-service", "io.shopsync.audit", CONTRACTS, EVENTING, SERVICE_PLATFORM),
    LOCAL_STACK("local-stack", "io.shopsync.stack", CONTRACTS, COUCHDB_EMBEDDED, COUCHDB_CLIENT),
    BENCHMARKS("benchmarks", "io.shopsync.bench", CONTRACTS, COUCHDB_EMBEDDED, COUCHDB_CLIENT, LOCAL_STACK);

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private final String folder;
    private final String root;

    @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
    private final Set<Modules> usable;

    Modules(String folder, String root, Modules... usable) {
        this.folder = folder;
        this.root = root;
        this.usable = Set.of(usable);
    }

    String folder() {
        return folder;
    }

    Path sources() {
        return REPOSITORY.resolve(folder).resolve("src/main/java");
    }

    boolean mayUse(Modules other) {
        return other == this || usable.contains(other);
    }

    /** The module of a class by its package, the most specific root first; empty for a class that is not ours. */
    static Optional<Modules> of(JavaClass type) {
        return Arrays.stream(values())
                .filter(module -> (type.getPackageName() + '.').startsWith(module.root + '.'))
                .findFirst();
    }

    /** Every compiled class of every module that has any. */
    static JavaClasses allClasses() {
        var compiled = Arrays.stream(values())
                .map(module -> REPOSITORY.resolve(module.folder).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(compiled);
    }
}
