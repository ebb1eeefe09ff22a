package io.shopsync.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.stack.testing.PostgresResource;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/** Each migration is applied to a database of the version before it that has rows. */
class MigrationTest {

    private static final String SHOP = """
            insert into shop (shop_id, name, owner, signup_hash, wish, wish_event, status, databases, signed_up_at,
                              changed_at, revision)
            values ('acme', 'Acme', 'anna', '\\x01', 'ACTIVE', gen_random_uuid(), 'READY',
                    '[{"name": "sales", "status": "READY", "readyAt": "2026-01-01T00:00:00Z"}]', now(), now(), 3)
            """;
    private static final String CREDENTIAL = """
            insert into credential (login, shop_id, kind, key_id, box, issued_at)
            values ('shop_acme_sync', 'acme', 'SYNC', 'k1', '\\x02', now())
            """;
    private static final String EVENT = "insert into outbox (topic, shop, payload) values ('shops', 'acme', '\\x7b7d')";

    @Test
    void keepsWhatIsThereFromVersionToVersion() throws SQLException {
        // Given
        var url = PostgresResource.freshDatabase();
        var versions = Arrays.stream(flyway(url, "latest").info().all())
                .map(info -> info.getVersion().getVersion())
                .toList();
        flyway(url, "1").migrate();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute(SHOP);
            statement.execute(CREDENTIAL);
            statement.execute(EVENT);
            // When
            for (var version : versions) {
                flyway(url, version).migrate();
            }
            // Then
            try (var rows = statement.executeQuery("""
                    select s.databases -> 0 ->> 'name', c.login, o.shop
                    from shop s join credential c using (shop_id) cross join outbox o
                    """)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("sales");
                assertThat(rows.getString(2)).isEqualTo("shop_acme_sync");
                assertThat(rows.getString(3)).isEqualTo("acme");
            }
        }
    }

    private static Flyway flyway(String url, String target) {
        return Flyway.configure()
                .dataSource(url, null, null)
                .locations("db/eventing", "db/migration")
                .target(target.equals("latest") ? MigrationVersion.LATEST : MigrationVersion.fromVersion(target))
                .load();
    }
}
