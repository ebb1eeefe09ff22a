package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopsync.couchdb.embedded.http.Faults.Match;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
    private static final String DOCUMENT = "/shop_fault_sales/sale";
    private static final Match WRITES = Match.of("PUT", "/sale$");

    @TempDir
    private Path data;

    private EmbeddedCouch couch;
    private Client client;

    @BeforeEach
    void start() {
        couch = EmbeddedCouch.builder().directory(data).start(0);
        client = Client.of(couch.url());
        client.put("/shop_fault_sales", "");
    }

    @AfterEach
    void stop() {
        couch.close();
    }

    @Test
    void refusesMatchingRequestsUntilTheFaultIsMended() {
        try (var fault = couch.faults().refuse(WRITES)) {
            // When
            assertThatThrownBy(() -> client.trySend("PUT", DOCUMENT, "{}")).isInstanceOf(IOException.class);
            // Then
            assertThat(client.get(DOCUMENT).status()).isEqualTo(404);
            assertThat(fault.hits()).isEqualTo(1);
        }
        assertThat(client.put(DOCUMENT, "{}").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"500,internal_server_error", "503,service unavailable"})
    void answersAsManyRequestsAsToldWithAStatusAndDoesNothing(int status, String error) {
        // Given
        couch.faults().answer(WRITES.times(2), status);
        for (int times = 0; times < 2; times++) {
            // When
            var answer = client.put(DOCUMENT, "{}");
            // Then
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.json().path("error").asText()).isEqualTo(error);
            assertThat(client.get(DOCUMENT).status()).isEqualTo(404);
        }
        assertThat(client.put(DOCUMENT, "{}").status()).isEqualTo(201);
    }

    @Test
    void servesDelayedRequestsLate() {
        // Given
        couch.faults().delay(WRITES, Duration.ofMillis(300));
        long began = System.nanoTime();
        // When
        var answer = client.put(DOCUMENT, "{}");
        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void keepsWhatItDidNotGetToAnswer() {
        // Given
        couch.faults().dropAnswer(WRITES);
        // When
        assertThatThrownBy(() -> client.trySend("PUT", DOCUMENT, "{\"n\":1}")).isInstanceOf(IOException.class);
        // Then
        assertThat(client.get(DOCUMENT).json().path("n").asInt()).isEqualTo(1);
        couch.faults().clear();
        assertThat(client.put(DOCUMENT, "{\"n\":1}").status())
                .as("not knowing that it is there")
                .isEqualTo(409);
    }

    @Test
    void answersAtTheSameAddressAfterARestartWithAllThatWasWritten() {
        // Given
        var revision = client.put(DOCUMENT, "{}").rev();
        var address = couch.url();
        // When
        couch.stop();
        assertThatThrownBy(() -> client.trySend("GET", "/_up", "")).isInstanceOf(IOException.class);
        couch.restart();
        // Then
        assertThat(couch.url()).isEqualTo(address);
        assertThat(client.get(DOCUMENT).json().path("_rev").asText()).isEqualTo(revision);
    }
}
