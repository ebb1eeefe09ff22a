package io.shopsync.stack.till;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.couchdb.CouchServer;
import io.shopsync.stack.testing.CouchResource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TillTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private final CouchResource.Address address = CouchResource.address();
    private final CouchServer couch = CouchServer.connect(withCredentials());
    private final String database = "till-" + System.nanoTime();
    private final TillProgram program = TillProgram.in(REPOSITORY);

    @TempDir
    private Path folder;

    @BeforeEach
    void createDatabase() {
        couch.database(database).create(1);
    }

    @AfterEach
    void deleteDatabase() {
        couch.database(database).delete();
        couch.close();
    }

    @Test
    void syncsBothWays() {
        try (var first = till("first");
                var second = till("second")) {
            // Given
            first.put(List.of(Map.of("_id", "sale", "amount", 7)));
            second.put(List.of(Map.of("_id", "price", "amount", 3)));
            // When
            assertThat(second.sync()).isEqualTo(new Till.Synced(1, 0, 0));
            assertThat(first.sync()).isEqualTo(new Till.Synced(1, 1, 0));
            second.sync();
            // Then
            assertThat(first.ids()).containsExactly("price", "sale");
            assertThat(second.read("sale").get("amount").asInt()).isEqualTo(7);
        }
    }

    @Test
    void takesWhatOthersWriteWhileItSyncsLive() {
        try (var first = till("first");
                var second = till("second")) {
            // Given
            first.live();
            // When
            second.put(List.of(Map.of("_id", "sale", "amount", 7)));
            second.sync();
            // Then
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(first.ids()).contains("sale"));
        }
    }

    @Test
    void saysWhyItWasRefused() {
        try (var stranger = Till.open(program, folder.resolve("stranger"), url(), new Till.Login("nobody", "wrong"))) {
            assertThat(stranger.reach(url()).status()).isEqualTo(401);
        }
    }

    private Till till(String name) {
        return Till.open(program, folder.resolve(name), url(), new Till.Login(address.username(), address.password()));
    }

    private URI url() {
        return URI.create(address.url() + "/" + database);
    }

    private String withCredentials() {
        return address.url().toString().replace("://", "://" + address.username() + ':' + address.password() + '@');
    }
}
