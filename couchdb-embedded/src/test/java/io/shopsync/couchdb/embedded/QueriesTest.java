package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked in a way that PouchDB's own tests ask, and CouchDB refuses. */
class QueriesTest {
    private final EmbeddedCouch couch = EmbeddedCouch.builder().inMemory().start(0);
    private final Client client = Client.of(couch.url());

    @BeforeEach
    void makeDatabase() {
        client.put("/shop", "");
        client.put("/shop/_design/some", "{\"filters\":{\"sold\":\"function () {}\"},\"views\":{}}");
        client.put("/shop/_design/none", "{}");
    }

    @AfterEach
    void stop() {
        couch.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "key=%221%22 | {'keys':['1','2']}",
                "endkey=%221%22 | {'keys':['a']}",
                "'' | {'keys':['a'],'start_key':'b'}"
            })
    void refusesKeysTogetherWithABound(String query, String body) {
        // When
        var answer = client.post("/shop/_all_docs?" + query, body.replace('\'', '"'));
        var several = client.post("/shop/_all_docs/queries", "{\"queries\":[{\"keys\":[\"a\"],\"key\":\"b\"}]}");
        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").asText()).isEqualTo("query_parse_error");
        assertThat(answer.json().path("reason").asText())
                .isEqualTo("`keys` is incompatible with `key`, `start_key` and `end_key`");
        assertThat(several.text()).isEqualTo(answer.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"key=%22a%22 | {'keys':['a']}", "key=%22a%22 | {'keys':[]}"})
    void takesAKeyThatIsTheOnlyOne(String query, String body) {
        assertThat(client.post("/shop/_all_docs?" + query, body.replace('\'', '"'))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "filter=gone/sold, 404, missing",
        "filter=none/sold, 404, missing json key: filters",
        "filter=some/lost, 404, missing json key: lost",
        "filter=_view&view=gone/sold, 404, missing",
        "filter=_view&view=none/sold, 404, missing json key: views",
        "filter=_view&view=some/sold, 404, missing json key: sold",
        "filter=some/sold/more, 400, `filter` must be of the form `designname/filtername`",
        "filter=some/sold, 501, Filter functions and views are not part of shopsync-embedded: use a real CouchDB."
    })
    void tellsWhichFunctionIsMissing(String query, int status, String reason) {
        // When
        var answer = client.get("/shop/_changes?" + query);
        // Then
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("reason").asText()).isEqualTo(reason);
    }
}
