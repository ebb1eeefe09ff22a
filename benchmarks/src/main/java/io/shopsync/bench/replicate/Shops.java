package io.shopsync.bench.replicate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.bench.PrivateStack;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchException;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.Credentials;
import io.shopsync.couchdb.Database;
import io.shopsync.stack.Service;
import io.shopsync.stack.StackException;
import io.shopsync.stack.api.ShopSyncApi.Answer;
import io.shopsync.stack.couchdb.CouchServer;
import io.shopsync.stack.process.Pause;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Shops whose database {@code sales} is filled here and looked for at the standby. */
final class Shops {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PER_WRITE = 1000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(10);
    /** Each look at a database that is being copied to takes its server some time. */
    private static final Duration SELDOM = Duration.ofMillis(50);

    private static final int GUARD = 1;

    private final PrivateStack stack;
    private final CouchServer standbyServer;
    private final io.shopsync.couchdb.CouchServer standby;

    Shops(PrivateStack stack, CouchServer standbyServer) {
        this.stack = stack;
        this.standbyServer = standbyServer;
        this.standby = io.shopsync.couchdb.CouchServer.connect(
                CouchOptions.of(standbyServer.url().toString())
                        .withCredentials(Credentials.basic(standbyServer.username(), standbyServer.password())));
    }

    /** By its default CouchDB's replicator waits up to five seconds before each job; that is not what is measured. */
    void startJobsAtOnce() {
        stack.couchdb().config().put("replicator", "startup_jitter", "1");
    }

    /** From here on jobs start as they do where nobody has set anything. */
    void startJobsWithDefaults() {
        stack.couchdb().config().delete("replicator", "startup_jitter");
    }

    /** Signs a shop up and waits until it is ready here and there. */
    void make(ShopId shop) {
        expect(202, stack.api().signUp(shop, "Benchmark"));
        stack.api().followUntilSettled(shop);
        await("the standby has " + shop, () -> exists(there(shop)) && pairs(shop) == 4);
    }

    /** Signs a shop up and waits until it is ready here. */
    void signUp(ShopId shop) {
        expect(202, stack.api().signUp(shop, "Benchmark"));
        stack.api().followUntilSettled(shop);
    }

    /** Waits until all databases of these shops are at the standby, guarded. */
    void awaitAllAtStandby(List<ShopId> all) {
        for (var shop : all) {
            await("the standby has " + shop, () -> exists(there(shop)));
        }
        // Their first runs, too: what is not a pair yet cannot be paused.
        command(all.getLast(), "sync");
    }

    /** Has the orchestrator leave every shop alone. */
    void pauseAll() {
        var location = commanded("/api/v1/sync/commands", "pause");
        await("every shop is paused", () -> isDone(location));
    }

    /** Source and target, as CouchDB's replicator takes them. */
    ObjectNode replication(String physicalName) {
        var body = JSON.createObjectNode();
        var addresses = stack.addresses();
        body.set(
                "source",
                endpoint(addresses.couchdb(), physicalName, addresses.couchdbAdmin(), addresses.couchdbPassword()));
        body.set(
                "target",
                endpoint(standbyServer.url(), physicalName, standbyServer.username(), standbyServer.password()));
        return body;
    }

    /** Writes a document, and tells whether it came to the standby within {@code patience}. */
    boolean writeAndAwait(ShopId shop, String id, Duration patience) {
        here(shop).documents().put(id, JsonNodeFactory.instance.objectNode().put("shopId", shop.value()));
        var until = System.nanoTime() + patience.toNanos();
        while (there(shop).documents().get(id).isEmpty()) {
            if (System.nanoTime() > until) {
                return false;
            }
            Pause.of(LOOK);
        }
        return true;
    }

    /** Has the orchestrator leave the shop alone. */
    void pause(ShopId shop) {
        command(shop, "pause");
    }

    void fill(ShopId shop, int documents, int bytes) {
        for (int from = 0; from < documents; from += PER_WRITE) {
            var batch = new ArrayList<ObjectNode>();
            for (int i = from; i < Math.min(documents, from + PER_WRITE); i++) {
                batch.add(document(shop, "sale-" + i, bytes));
            }
            here(shop).bulk().write(batch);
        }
    }

    /** The standby loses the shop's database. */
    void lose(ShopId shop) {
        there(shop).delete();
    }

    /** The standby has an empty database in its place. */
    void replaceByEmpty(ShopId shop) {
        lose(shop);
        there(shop).create(1);
    }

    /**
     * CouchDB's own replicator copies, once; the source's server runs it, as a job of ours would. Where no guard stands it
     * copies that of the source first of all.
     */
    void byCouchDb(ShopId shop, int documents) {
        post(replication("shop_" + shop + "_sales"));
        awaitCopied(shop, documents + GUARD);
    }

    /** The orchestrator copies, until all is there and guarded. */
    void byOrchestrator(ShopId shop, int documents) {
        command(shop, "resume");
        awaitCopied(shop, documents + GUARD);
    }

    private void awaitCopied(ShopId shop, int documents) {
        await("all is copied", SELDOM, () -> documents(shop) >= documents);
    }

    void writeAndAwait(ShopId shop, String id) {
        here(shop).documents().put(id, JsonNodeFactory.instance.objectNode().put("shopId", shop.value()));
        await(id + " is at the standby", () -> there(shop).documents().get(id).isPresent());
    }

    private long documents(ShopId shop) {
        try {
            return there(shop).info().documents();
        } catch (CouchException.NotFound _) {
            return 0;
        }
    }

    private int pairs(ShopId shop) {
        // A pause is about the pairs that there are: each database has one after its first run.
        var location = command(shop, "sync");
        var answer = stack.api().get(Service.ORCHESTRATOR, location);
        return answer.body().path("result").path("pairs").asInt();
    }

    /** Carries a command out, and returns where its result is. */
    private String command(ShopId shop, String command) {
        var location = commanded("/api/v1/shops/" + shop + "/sync/commands", command);
        if (!"resume".equals(command)) {
            await(command + " is done", () -> isDone(location));
        }
        return location;
    }

    private String commanded(String path, String command) {
        var answer = stack.api().send("POST", Service.ORCHESTRATOR, path, Map.of("command", command));
        expect(202, answer);
        return path + '/' + answer.body().path("id").asText();
    }

    private boolean isDone(String location) {
        return "DONE"
                .equals(stack.api()
                        .get(Service.ORCHESTRATOR, location)
                        .body()
                        .path("state")
                        .asText());
    }

    private Database here(ShopId shop) {
        return stack.couchdb().database("shop_" + shop + "_sales");
    }

    private Database there(ShopId shop) {
        return standby.database("shop_" + shop + "_sales");
    }

    private static boolean exists(Database database) {
        try {
            return database.documents().get("_design/shopsync-guard").isPresent();
        } catch (CouchException.NotFound _) {
            return false;
        }
    }

    private static ObjectNode document(ShopId shop, String id, int bytes) {
        var document = JsonNodeFactory.instance
                .objectNode()
                .put("_id", id)
                .put("shopId", shop.value())
                .put("type", "sale");
        var missing = bytes - document.toString().length() - ",\"note\":\"\"".length();
        return missing > 0 ? document.put("note", "x".repeat(missing)) : document;
    }

    private static ObjectNode endpoint(URI server, String physicalName, String name, String password) {
        var endpoint = JSON.createObjectNode();
        endpoint.put("url", server + "/" + physicalName);
        endpoint.putObject("auth").putObject("basic").put("username", name).put("password", password);
        return endpoint;
    }

    private void post(ObjectNode body) {
        var addresses = stack.addresses();
        var credentials = addresses.couchdbAdmin() + ':' + addresses.couchdbPassword();
        var request = HttpRequest.newBuilder(URI.create(addresses.couchdb() + "/_replicate"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new StackException("CouchDB's replicator answers " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void expect(int status, Answer answer) {
        if (answer.status() != status) {
            throw new IllegalStateException("answered " + answer.status() + ' ' + answer.body());
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        await(what, LOOK, condition);
    }

    private static void await(String what, Duration every, BooleanSupplier condition) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw new StackException("waited in vain until " + what);
            }
            Pause.of(every);
        }
    }
}
