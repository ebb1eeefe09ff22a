package io.shopsync.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopsync.audit.AuditTest;
import io.shopsync.audit.Facts;
import io.shopsync.audit.Given;
import io.shopsync.audit.platform.Database;
import io.shopsync.stack.postgres.PostgresServer;
import jakarta.inject.Inject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AuditTest
class AppendOnlyTest {

    @Inject
    Ledger ledger;

    @Inject
    Database database;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @BeforeEach
    void recordAnEventOfLastMay() {
        ledger.store(List.of(Facts.of(Given.at(Instant.parse("2025-05-05T05:05:05Z"), Given.created(Given.shop())))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update ledger_event set actor = 'nobody'",
                "delete from ledger_event",
                "truncate ledger_event",
                "update ledger_event_2025_05 set actor = 'nobody'",
                "delete from ledger_event_2025_05",
                "truncate ledger_event_2025_05"
            })
    void refusesToChangeOrForgetEvenToItsOwner(String statement) {
        // When
        assertThatThrownBy(() -> database.transact(connection -> {
                    try (var change = connection.createStatement()) {
                        change.execute(statement);
                    }
                }))
                // Then
                .hasMessageContaining("is append-only");
    }

    @Test
    void hasPartitionsForThisMonthAndTheNextThreeAndNoneForTheRest() {
        // When
        var partitions = partitions();
        // Then
        var present = YearMonth.now(ZoneOffset.UTC);
        for (int ahead = 0; ahead <= 3; ahead++) {
            assertThat(partitions)
                    .contains("ledger_event_"
                            + present.plusMonths(ahead).toString().replace('-', '_'));
        }
        assertThat(partitions).allMatch(name -> name.matches("ledger_event_\\d{4}_\\d{2}"));
    }

    @Test
    void makesAMonthOnceThoughManyAskForItAtOnce() {
        // When
        var made = IntStream.range(0, 8)
                .parallel()
                .filter(i -> database.query(connection -> {
                    try (var statement = connection.createStatement();
                            var result = statement.executeQuery("select ledger_ensure_month('2021-11-01')")) {
                        return result.next() && result.getBoolean(1);
                    }
                }))
                .count();
        // Then
        assertThat(made).isOne();
        assertThat(partitions()).contains("ledger_event_2021_11");
    }

    @Test
    void needsNoMoreOfItsRoleThanToInsertAndToSelect() throws SQLException {
        // Given
        var role = "writer_" + Given.shop().value();
        try (var owner = DriverManager.getConnection(url, "postgres", PostgresServer.TEMPORARY_PASSWORD);
                var grants = owner.createStatement()) {
            grants.execute("create role " + role + " login password 'writer'");
            grants.execute("grant insert, select on ledger_event to " + role);
            grants.execute("grant connect on database " + owner.getCatalog() + " to " + role);
        }
        // When
        try (var writer = DriverManager.getConnection(url, role, "writer");
                var statement = writer.createStatement()) {
            statement.execute("select ledger_ensure_month('2023-07-01')");
            var inserted = statement.executeUpdate("""
                    insert into ledger_event (id, time, shop, type, topic, source, data)
                    values (gen_random_uuid(), '2023-07-07T07:07:07Z', 'shop', 'type', 'shops', '/test', '{}')
                    """);
            // Then
            assertThat(inserted).isOne();
            assertThatThrownBy(() -> statement.execute("delete from ledger_event"))
                    .hasMessageContaining("permission denied");
        }
    }

    private List<String> partitions() {
        return database.query(connection -> {
            try (var select = connection.prepareStatement(
                            "select inhrelid::regclass::text from pg_inherits where inhparent = 'ledger_event'::regclass");
                    var result = select.executeQuery()) {
                var names = new ArrayList<String>();
                while (result.next()) {
                    names.add(result.getString(1));
                }
                return names;
            }
        });
    }
}
