package io.shopsync.system.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.contracts.ShopId;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tills may ask for. {@code DB} in a path is the database of the shop that asks. */
class EdgeRulesTest {

    private static final String ORIGIN = "https://till.example";

    @TempDir
    private static Path state;

    private static Tenants tenants;
    private static Edge edge;
    private static ShopId acme;
    private static Till till;

    @BeforeAll
    static void start() throws IOException {
        tenants = new Tenants();
        edge = Edge.before(tenants.couch(), state, Map.of("EDGE_CORS_ORIGINS", "https://till\\.example"));
        acme = tenants.open();
        till = Till.of(edge.url(), acme.syncLogin(), Tenants.PASSWORD);
    }

    @AfterAll
    static void stop() {
        if (till != null) {
            till.close();
            edge.close();
        }
        tenants.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    GET    | /                                        |
                    GET    | /_session                                |
                    GET    | /DB                                      |
                    HEAD   | /DB/                                     |
                    POST   | /DB                                      | {"shopId": "acme"}
                    PUT    | /DB/sale:1                               | {"shopId": "acme"}
                    PUT    | /DB/a%2Fslash%20%C3%A9                   | {"shopId": "acme"}
                    PUT    | /DB/till/receipt.txt                     | "an attachment"
                    POST   | /DB/_bulk_docs                           | {"docs": [{"_id": "sale:2", "shopId": "acme"}]}
                    POST   | /DB/_bulk_get?revs=true&latest=true      | {"docs": [{"id": "sale:2"}]}
                    POST   | /DB/_revs_diff                           | {"sale:2": ["1-abc"]}
                    GET    | /DB/_all_docs?include_docs=true          |
                    POST   | /DB/_all_docs                            | {"keys": ["sale:2"]}
                    GET    | /DB/_changes?style=all_docs&since=0      |
                    POST   | /DB/_changes?filter=_doc_ids             | {"doc_ids": ["sale:2"]}
                    PUT    | /DB/_local/checkpoint%2F1                | {"last_seq": 1}
                    GET    | /DB/_local/checkpoint%2F1                |
                    """)
    void passesWhatReplicationNeeds(String method, String path, String json) {
        // When
        var answer = ask(method, path, json == null ? "" : json);
        // Then
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    POST   | /_replicate
                    POST   | /_session/../_replicate
                    GET    | /_all_dbs
                    GET    | /_dbs_info
                    GET    | /_up
                    GET    | /_users/_all_docs
                    PUT    | /_users/org.couchdb.user:me
                    POST   | /_replicator
                    GET    | /_node/_local/_config
                    GET    | /_active_tasks
                    GET    | /_utils/
                    GET    | /%5Fall_dbs
                    GET    | //_all_dbs
                    GET    | /DB/_security
                    PUT    | /DB/_security
                    PUT    | /DB/%5fsecurity
                    PUT    | /DB/_revs_limit
                    POST   | /DB/_purge
                    POST   | /DB/_compact
                    POST   | /DB/_find
                    POST   | /DB/_index
                    GET    | /DB/_local_docs
                    GET    | /DB/_design_docs
                    GET    | /DB/_shards
                    GET    | /DB/_design/guard/_view/all
                    GET    | /DB/_design%2Fguard
                    PUT    | /DB/%5Fdesign/guard
                    GET    | /DB/%5Flocal/x
                    """)
    void forbidsTheRest(String method, String path) {
        // When
        var answer = ask(method, path, "{}");
        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).startsWith("{\"error\":\"forbidden\",\"reason\":\"");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/other",
                "/shop_acme",
                "/shop_a_b_sales",
                "/shop_ACME_sales",
                "/shop%5Facme_sales",
                "/shop_acme_sales.",
                "/DB/..",
                "/DB/../_all_dbs",
                "/DB/%2e%2E/_all_dbs",
                "/DB/.",
                "/DB//_security",
                "/DB/x/../../_all_dbs",
                "/DB;/x",
            })
    void knowsNoOtherDatabaseAndNoWayRoundIt(String path) {
        // When
        var answer = ask("GET", path, "");
        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
        assertThat(answer.body()).startsWith("{\"error\":\"not_found\",\"reason\":\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PUT    | /DB
                    DELETE | /DB
                    PUT    | /DB/_design/guard
                    DELETE | /DB/_design/guard
                    GET    | /DB/_bulk_docs
                    PUT    | /DB/_changes
                    COPY   | /DB/sale:1
                    PUT    | /
                    PATCH  | /DB/sale:1
                    """)
    void refusesMethodsThatChangeMoreThanDocuments(String method, String path) {
        // When
        var answer = ask(method, path, "{}");
        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(405);
        assertThat(answer.body()).startsWith("{\"error\":\"method_not_allowed\",\"reason\":\"");
    }

    @Test
    void leavesTheDecisionAboutAnotherShopToCouchDb() {
        // Given
        var globex = tenants.open();
        // When
        var answer = till.send("GET", '/' + Tenants.databaseOf(globex) + "/_all_docs");
        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("You are not allowed to access this db.");
    }

    @Test
    void ignoresAMethodHiddenInAHeader() {
        // When
        var answer = till.send(
                "POST",
                '/' + Tenants.databaseOf(acme),
                "{\"shopId\": \"acme\"}",
                request -> request.header("X-HTTP-Method-Override", "DELETE"));
        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @Test
    void answersAPreflightOfATillInABrowser() {
        // When
        var answer = ask("OPTIONS", "/DB/_changes", "", request -> request.header("Origin", ORIGIN));
        // Then
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                .contains("PUT");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("authorization");
    }

    @Test
    void letsABrowserReadAlsoARefusal() {
        // When
        var answer = ask("GET", "/DB/_security", "", request -> request.header("Origin", ORIGIN));
        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().allValues("Access-Control-Allow-Origin")).containsExactly(ORIGIN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "https://till.example.evil.example", "http://till.example", "null"})
    void tellsOtherOriginsNothing(String origin) {
        // When
        var answer = ask("OPTIONS", "/DB/_changes", "", request -> request.header("Origin", origin));
        // Then
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-origin");
        assertThat(answer.headers().map()).doesNotContainKey("access-control-allow-methods");
    }

    @Test
    void keepsASession() {
        // Given
        var login = till.send(
                "POST",
                "/_session",
                "{\"name\": \"%s\", \"password\": \"%s\"}".formatted(acme.syncLogin(), Tenants.PASSWORD));
        var cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        // When
        var answer = ask(
                "GET",
                "/DB",
                "",
                request -> request.setHeader("Authorization", "")
                        .header("Cookie", cookie.substring(0, cookie.indexOf(';'))));
        // Then
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static HttpResponse<String> ask(String method, String path, String json) {
        return ask(method, path, json, request -> request);
    }

    private static HttpResponse<String> ask(
            String method, String path, String json, UnaryOperator<HttpRequest.Builder> andThen) {
        return till.send(method, path.replace("DB", Tenants.databaseOf(acme)), json, andThen);
    }
}
