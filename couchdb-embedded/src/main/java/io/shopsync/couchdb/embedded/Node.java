package io.shopsync.couchdb.embedded;

import io.shopsync.couchdb.embedded.auth.Authenticator;
import io.shopsync.couchdb.embedded.auth.UserDocuments;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.feed.ChangesResource;
import io.shopsync.couchdb.embedded.feed.GlobalChanges;
import io.shopsync.couchdb.embedded.http.AccessLog;
import io.shopsync.couchdb.embedded.http.Faults;
import io.shopsync.couchdb.embedded.http.Front;
import io.shopsync.couchdb.embedded.http.Router;
import io.shopsync.couchdb.embedded.query.Find;
import io.shopsync.couchdb.embedded.replication.Replicator;
import io.shopsync.couchdb.embedded.resource.AllDocsResource;
import io.shopsync.couchdb.embedded.resource.BulkGetResource;
import io.shopsync.couchdb.embedded.resource.BulkResource;
import io.shopsync.couchdb.embedded.resource.DatabaseResource;
import io.shopsync.couchdb.embedded.resource.DocumentResource;
import io.shopsync.couchdb.embedded.resource.NodeResource;
import io.shopsync.couchdb.embedded.resource.ServerResource;
import io.shopsync.couchdb.embedded.resource.SessionResource;
import io.shopsync.couchdb.embedded.resource.Unsupported;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.validation.Validation;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** One run of the server, from start to stop: its parts, wired. */
final class Node implements AutoCloseable {
    private static final List<String> SYSTEM_DATABASES = List.of("_users", "_replicator", "_global_changes");

    private final Vertx vertx;
    private final Databases databases;
    private final GlobalChanges globalChanges;
    private final Front front;
    private final Replicator replicator;
    private final int port;

    Node(Path directory, Config config, Faults faults, Consumer<String> log, String address, int port) {
        Validation validation = new Validation(config);
        databases = directory == null ? Databases.inMemory(validation) : Databases.open(directory, validation);
        databases.hook("_users", new UserDocuments(config));
        SYSTEM_DATABASES.stream().filter(name -> !databases.exists(name)).forEach(databases::create);
        globalChanges = new GlobalChanges(databases, config);
        Router router = new Router(databases);
        ServerResource.register(router, databases, config);
        NodeResource.register(router, config);
        DatabaseResource.register(router, databases);
        AllDocsResource.register(router);
        BulkResource.register(router);
        BulkGetResource.register(router);
        DocumentResource.register(router, databases);
        ChangesResource.register(router, databases);
        new Find(config).register(router);
        AccessLog accessLog = new AccessLog(log);
        Authenticator authenticator = new Authenticator(databases, config, accessLog::warn);
        SessionResource.register(router, authenticator);
        replicator = Replicator.register(router, databases, config);
        Unsupported.register(router);
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
        front = new Front(vertx, router, databases, authenticator, config, faults, accessLog);
        this.port = front.listen(address, port);
        replicator.start();
    }

    int port() {
        return port;
    }

    /** Connections first, so that nobody is answered by a store that is gone. */
    @Override
    public void close() {
        replicator.close();
        front.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        globalChanges.close();
        databases.close();
    }
}
