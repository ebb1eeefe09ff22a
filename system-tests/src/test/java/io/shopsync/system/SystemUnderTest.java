package io.shopsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.stack.Home;
import io.shopsync.stack.Infrastructure;
import io.shopsync.stack.Service;
import io.shopsync.stack.Services;
import io.shopsync.stack.StackPorts;
import io.shopsync.stack.api.ShopSyncApi;
import io.shopsync.stack.process.Folders;
import io.shopsync.stack.process.PidFile;
import io.shopsync.stack.till.Till;
import io.shopsync.stack.till.TillProgram;
import io.shopsync.stack.token.TokenSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The whole system, once for all tests of this JVM: Kafka, Postgres and CouchDB in it, so that they can be stopped and
 * started, and each service a process, so that it can be killed.
 */
final class SystemUnderTest {

    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration END_PATIENCE = Duration.ofSeconds(10);
    private static final Duration TOKEN_LIFE = Duration.ofHours(1);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Home home = new Home(Folders.temporary("system"));
    private final Infrastructure infrastructure;
    private final Services services;
    private final TokenSigner signer = new TokenSigner(home.secrets().jwtKeys());
    private final ShopSyncApi api;
    private final TillProgram tills = TillProgram.in(REPOSITORY);

    private SystemUnderTest() {
        var ports = StackPorts.free();
        infrastructure = Infrastructure.start(home, ports, System.getenv());
        services = new Services(home, REPOSITORY, ports, infrastructure.addresses());
        var admin = token("admin");
        api = new ShopSyncApi(services::baseUrl, () -> admin);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        for (var service : Service.values()) {
            services.ensure(service);
        }
        for (var service : Service.values()) {
            services.awaitReady(service);
        }
    }

    private static final class Only {
        static final SystemUnderTest INSTANCE = new SystemUnderTest();
    }

    /** The system, started at the first call. */
    static SystemUnderTest get() {
        return Only.INSTANCE;
    }

    /** A shop id that no other test uses, on this server or before. */
    static ShopId freshShop(String name) {
        return new ShopId(name + '-' + Long.toString(RANDOM.nextLong(Long.MAX_VALUE), Character.MAX_RADIX));
    }

    /** The API as an administrator uses it. */
    ShopSyncApi api() {
        return api;
    }

    /** The API as somebody with this token uses it. */
    ShopSyncApi apiAs(String token) {
        return new ShopSyncApi(services::baseUrl, () -> token);
    }

    Infrastructure infrastructure() {
        return infrastructure;
    }

    String token(String role, ShopId... shops) {
        return signer.sign("test-" + role, role, Arrays.asList(shops), TOKEN_LIFE);
    }

    /** A shop that has signed up and can sync. */
    ShopId readyShop(String name) {
        var shop = freshShop(name);
        assertThat(api.signUp(shop, name).status()).isEqualTo(202);
        await().atMost(READY).untilAsserted(() -> assertThat(status(shop)).isEqualTo("READY"));
        return shop;
    }

    String status(ShopId shop) {
        return api.shop(shop).body().path("status").asText();
    }

    /** Where a shop's database is, as its connection says. */
    URI database(ShopId shop, String name) {
        return StreamSupport.stream(api.connection(shop).body().get("databases").spliterator(), false)
                .filter(database -> database.get("name").asText().equals(name))
                .map(database -> URI.create(database.get("url").asText()))
                .findFirst()
                .orElseThrow();
    }

    /** A till of a shop that syncs with one of its databases. */
    Till till(ShopId shop, String database, Path folder) {
        return Till.open(tills, folder, database(shop, database), login(shop));
    }

    /** {@code kill -9}: the process has no chance to finish anything. */
    void kill(Service service) {
        var process = services.process(service).orElseThrow();
        process.destroyForcibly();
        assertThat(PidFile.ended(process, END_PATIENCE)).isTrue();
    }

    /** Starts a service that was killed, and waits until it is ready. */
    void restart(Service service) {
        services.ensure(service);
        services.awaitReady(service);
    }

    /** What a service tells Prometheus. */
    String metrics(Service service) {
        var request = HttpRequest.newBuilder(services.baseUrl(service).resolve("/q/metrics"))
                .header("Accept", "text/plain")
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The ids of the events about a shop in the ledger, as often as they are there. */
    List<String> ledger(ShopId shop) {
        return api.events(shop).stream().map(event -> event.get("id").asText()).toList();
    }

    private Till.Login login(ShopId shop) {
        JsonNode connection = api.connection(shop).body();
        return new Till.Login(
                connection.get("login").asText(), connection.get("password").asText());
    }

    private void close() {
        for (var service : Service.values()) {
            Services.stop(home, service);
        }
        infrastructure.close();
        Folders.delete(home.folder());
    }
}
