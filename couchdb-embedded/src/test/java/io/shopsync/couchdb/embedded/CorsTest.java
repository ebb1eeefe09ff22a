package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a browser asks before it lets a page at the server, answered as CouchDB 3.5 answered the same. */
class CorsTest {
    private static final String TILL = "https://till.example";
    private static final String DOCUMENT = "/shop_cors_sales/sale";

    private EmbeddedCouch couch;
    private Client client;

    @BeforeEach
    void start() {
        couch = EmbeddedCouch.builder()
                .inMemory()
                .config("chttpd", "enable_cors", "true")
                .config("cors", "origins", TILL + ", https://office.example")
                .config("cors", "credentials", "true")
                .start(0);
        client = Client.of(couch.url());
        client.put("/shop_cors_sales", "");
    }

    @AfterEach
    void stop() {
        couch.close();
    }

    @Test
    void letsAPageOfANamedOriginAskWithCredentials() {
        // When
        var answer = preflight(TILL, "PUT", "Content-Type, If-Match");
        // Then
        assertThat(answer.status()).isEqualTo(204);
        assertThat(header(answer, "Origin")).isEqualTo(TILL);
        assertThat(header(answer, "Credentials")).isEqualTo("true");
        assertThat(header(answer, "Methods")).contains("PUT", "DELETE", "COPY");
        assertThat(header(answer, "Headers")).isEqualTo("Content-Type, If-Match");
        assertThat(answer.headers().firstValue("Access-Control-Max-Age")).hasValue("600");
    }

    @ParameterizedTest
    @CsvSource({
        "https://evil.example,PUT,content-type",
        "HTTPS://TILL.EXAMPLE,PUT,content-type",
        "null,PUT,content-type",
        "https://till.example,put,content-type",
        "https://till.example,BREW,content-type",
        "https://till.example,PUT,x-secret",
    })
    void givesNoLeaveForWhatIsNotAllowed(String origin, String method, String header) {
        assertThat(header(preflight(origin, method, header), "Methods")).isEmpty();
    }

    @Test
    void showsAnswersToPagesOfNamedOriginsAlone() {
        // Given
        client.put(DOCUMENT, "{}");
        // When
        var shown = client.send("GET", DOCUMENT, "", "Origin", TILL);
        var hidden = client.send("GET", DOCUMENT, "", "Origin", "https://evil.example");
        // Then
        assertThat(header(shown, "Origin")).isEqualTo(TILL);
        assertThat(shown.headers().firstValue("Access-Control-Expose-Headers").orElse(""))
                .contains("etag", "content-type");
        assertThat(header(hidden, "Origin")).isEmpty();
        assertThat(hidden.status()).as("it is the browser that hides it").isEqualTo(200);
    }

    @Test
    void showsRefusalsTooSoThatAPageCanTellWhy() {
        // When
        var refused = client.send("GET", DOCUMENT, "", "Origin", TILL, "Authorization", "Basic YWRtaW46d3Jvbmc=");
        // Then
        assertThat(refused.status()).isEqualTo(401);
        assertThat(header(refused, "Origin")).isEqualTo(TILL);
    }

    @Test
    void isOffUntilItIsTurnedOn() {
        // Given
        client.put("/_node/_local/_config/chttpd/enable_cors", "\"false\"");
        // When
        var answer = preflight(TILL, "PUT", "content-type");
        // Then
        assertThat(answer.status()).isEqualTo(405);
        assertThat(header(answer, "Origin")).isEmpty();
    }

    private Client.Answer preflight(String origin, String method, String headers) {
        return client.send(
                "OPTIONS",
                DOCUMENT,
                "",
                "Origin",
                origin,
                "Access-Control-Request-Method",
                method,
                "Access-Control-Request-Headers",
                headers);
    }

    private static String header(Client.Answer answer, String name) {
        return answer.headers().firstValue("Access-Control-Allow-" + name).orElse("");
    }
}
