package io.shopsync.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.ShopEvent;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A password is in the answer to its owner, and nowhere else. */
@ServiceTest
class SecretsTest {

    private static final List<String> TALKATIVE = List.of("io.shopsync", "org.hibernate.SQL", "org.hibernate.orm.jdbc");

    @Inject
    DataSource dataSource;

    private final Recorder recorder = new Recorder();

    @BeforeEach
    void listenToEverything() {
        Logger.getLogger("").addHandler(recorder);
        TALKATIVE.forEach(name -> Logger.getLogger(name).setLevel(Level.ALL));
    }

    @AfterEach
    void listenNoMore() {
        Logger.getLogger("").removeHandler(recorder);
        TALKATIVE.forEach(name -> Logger.getLogger(name).setLevel(null));
    }

    @Test
    void isInNoLogNoEventNoListAndNoTable() throws SQLException {
        // Given
        var shop = Given.shop();
        var accountPassword = "a passphrase of " + shop;
        Api.signUp(shop).then().statusCode(202);
        var passwords = new ArrayList<>(passwords(shop));
        Api.asAdmin().post(Api.path(shop, "/credentials/rotate")).then().statusCode(202);
        passwords.addAll(passwords(shop));
        Api.post(
                        Api.asAdmin(),
                        "/api/v1/accounts",
                        Map.of("name", "u" + shop, "password", accountPassword, "roles", List.of("auditor")))
                .then()
                .statusCode(201);
        Api.post(Api.asAdmin(), "/api/v1/tokens", Map.of("name", "u" + shop, "password", accountPassword + "?"))
                .then()
                .statusCode(401);
        passwords.add(accountPassword);
        // When
        var answers = String.join(
                "\n",
                Api.get(shop).asString(),
                Api.asOwner(shop).get(Api.SHOPS).asString(),
                Api.asAdmin().get("/api/v1/accounts?limit=200").asString(),
                Api.signUp(shop).asString(),
                Api.asAdmin().get("/q/metrics").asString(),
                Api.asAdmin().get("/q/health").asString());
        // Then
        assertThat(passwords).doesNotHaveDuplicates().hasSize(5);
        assertThat(answers).doesNotContain(passwords);
        assertThat(recorder.lines).isNotEmpty();
        assertThat(String.join("\n", recorder.lines)).doesNotContain(passwords);
        assertThat(tables()).contains(shop.value()).doesNotContain(passwords).doesNotContain(inHex(passwords));
        try (var shops = Logs.shops()) {
            await().untilAsserted(() -> assertThat(shops.of(shop, ShopEvent.CredentialsRotated.class))
                    .hasSize(1));
            assertThat(shops.records())
                    .isNotEmpty()
                    .allSatisfy(record -> assertThat(new String(record.value(), StandardCharsets.UTF_8))
                            .doesNotContain(passwords));
        }
    }

    private static List<String> passwords(ShopId shop) {
        return Api.get(shop, "/connection").then().statusCode(200).extract().path("logins.password");
    }

    /** Everything that is stored, binary columns as hexadecimal digits. */
    private String tables() throws SQLException {
        var all = new StringBuilder();
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            var names = new ArrayList<String>();
            try (var tables = connection.getMetaData().getTables(null, "public", "%", new String[] {"TABLE"})) {
                while (tables.next()) {
                    names.add(tables.getString("TABLE_NAME"));
                }
            }
            for (var name : names) {
                try (var rows = statement.executeQuery("select row::text from " + name + " row")) {
                    while (rows.next()) {
                        all.append(rows.getString(1)).append('\n');
                    }
                }
            }
        }
        return all.toString();
    }

    private static List<String> inHex(List<String> texts) {
        return texts.stream()
                .map(text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    /** Keeps each line with its parameters and the exceptions behind it. */
    private static final class Recorder extends Handler {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        private Recorder() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord line) {
            var text = new StringBuilder(String.valueOf(line.getMessage()));
            if (line.getParameters() != null) {
                for (var parameter : line.getParameters()) {
                    text.append(' ').append(parameter);
                }
            }
            for (var thrown = line.getThrown(); thrown != null; thrown = thrown.getCause()) {
                text.append(' ').append(thrown);
            }
            lines.add(text.toString());
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
