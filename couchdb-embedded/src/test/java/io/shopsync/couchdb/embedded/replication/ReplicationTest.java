package io.shopsync.couchdb.embedded.replication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.EmbeddedCouch;
import io.shopsync.couchdb.embedded.http.Faults.Match;
import io.shopsync.couchdb.embedded.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the recorded conversations do not show of replication. With {@code -Dcouchdb.url} the other end is that server:
 * this one replicates from and to a real CouchDB.
 */
class ReplicationTest {

    private static final String AUTH = "\"auth\":{\"basic\":{\"username\":\"admin\",\"password\":\"admin\"}}";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final EmbeddedCouch couch =
            EmbeddedCouch.builder().inMemory().lockOut(false).start(0);
    private final String here = couch.url().toString();
    private final String there = System.getProperty("couchdb.url", here);
    private final String name = "shop_" + UUID.randomUUID();
    private final String source = here + "/" + name + "_sales";
    private final String target = there + "/" + name + "_mirror";

    @BeforeEach
    void makeDatabases() throws Exception {
        send("PUT", source, null);
        send("PUT", target, null);
    }

    @AfterEach
    void stop() throws Exception {
        send("DELETE", target, null);
        couch.close();
    }

    @Test
    void carriesEveryLeafAndItsAttachmentsBothWays() throws Exception {
        // Given conflicts, a tombstone, a design document and attachments, old and new
        send("PUT", source + "/_design/guard", "{\"language\":\"query\"}");
        var first = send(
                "PUT",
                source + "/with%2Fslash",
                "{\"_attachments\":{\"a.bin\":{\"content_type\":\"image/png\",\"data\":\"AAECAw==\"}}}");
        send(
                "POST",
                source + "/_bulk_docs",
                "{\"new_edits\":false,\"docs\":["
                        + revision("t", 'a', "") + "," + revision("t", 'b', "") + ","
                        + revision("gone", 'c', ",\"_deleted\":true")
                        + "]}");
        // When
        var there = replicate(source, target, "");
        send("PUT", target + "/with%2Fslash/b.txt?rev=" + first.get("rev").textValue(), "more");
        var back = replicate(target, source, "");
        // Then
        assertThat(there.at("/history/0/docs_written").intValue()).isEqualTo(5);
        assertThat(there.at("/history/0/doc_write_failures").intValue()).isZero();
        assertThat(back.at("/history/0/docs_written").intValue()).isEqualTo(1);
        for (var path : new String[] {"/t?conflicts=true", "/with%2Fslash?attachments=true", "/_design/guard"}) {
            assertThat(send("GET", source + path, null)).isEqualTo(send("GET", target + path, null));
        }
        assertThat(send("GET", source + "/with%2Fslash", null).get("_attachments"))
                .hasSize(2);
        assertThat(send("GET", target + "/gone", null).get("reason").textValue())
                .isEqualTo("deleted");
    }

    @Test
    void goesOnWhereItWasAndSaysSo() throws Exception {
        // Given
        send("PUT", source + "/a", "{}");
        var first = replicate(source, target, "");
        // When
        var unchanged = replicate(source, target, "");
        send("PUT", source + "/b", "{}");
        var second = replicate(source, target, "");
        // Then
        assertThat(unchanged.get("no_changes").booleanValue()).isTrue();
        assertThat(unchanged.get("session_id")).isEqualTo(first.get("session_id"));
        assertThat(second.get("history")).hasSize(2);
        assertThat(second.at("/history/0/start_last_seq")).isEqualTo(first.get("source_last_seq"));
        assertThat(second.at("/history/1/session_id")).isEqualTo(first.get("session_id"));
    }

    @Test
    void startsAfreshWhenTheTargetWasMadeAnew() throws Exception {
        // Given
        send("PUT", source + "/a", "{}");
        replicate(source, target, "");
        send("DELETE", target, null);
        send("PUT", target, null);
        // When
        var again = replicate(source, target, "");
        // Then
        assertThat(again.at("/history/0/start_last_seq").asText()).isEqualTo("0");
        assertThat(send("GET", target + "/a", null).has("_id")).isTrue();
    }

    @Test
    void carriesWinnersAloneWhereThatIsAsked() throws Exception {
        // Given
        send(
                "POST",
                source + "/_bulk_docs",
                "{\"new_edits\":false,\"docs\":[" + revision("t", 'a', "") + "," + revision("t", 'b', "") + "]}");
        // When
        replicate(source, target, ",\"winning_revs_only\":true");
        // Then
        assertThat(send("GET", target + "/t?conflicts=true", null).has("_conflicts"))
                .isFalse();
    }

    @Test
    void countsWhatTheTargetRefuses() throws Exception {
        // Given
        send(
                "PUT",
                target + "/_design/guard",
                "{\"validate_doc_update\":\"function (d) { if (!d.shopId) throw({forbidden: 'whose?'}); }\"}");
        send(
                "POST",
                source + "/_bulk_docs",
                "{\"docs\":[{\"_id\":\"mine\",\"shopId\":\"acme\"},{\"_id\":\"nobodys\"}]}");
        // When
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(send("PUT", target + "/probe", "{}")
                                .path("error")
                                .asText())
                        .isEqualTo("forbidden"));
        var result = replicate(source, target, "");
        // Then
        assertThat(result.at("/history/0/docs_written").intValue()).isEqualTo(1);
        assertThat(result.at("/history/0/doc_write_failures").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"POST,_bulk_docs", "POST,_revs_diff", "PUT,_local/", "GET,_changes"})
    void survivesAnAnswerThatIsLost(String method, String path) throws Exception {
        // Given
        send("PUT", source + "/a", "{}");
        var local = here + "/" + name + "_local";
        send("PUT", local, null);
        try (var lost = couch.faults().dropAnswer(Match.of(method, path).times(1))) {
            // When
            var result = replicate(source, local, "");
            // Then
            assertThat(result.at("/history/0/docs_written").intValue()).isEqualTo(1);
            assertThat(lost.hits()).isEqualTo(1);
        }
    }

    @Test
    void aContinuousJobFollowsUntilItIsCancelled() throws Exception {
        // Given
        var started = post("_replicate", job(source, target, ",\"continuous\":true"));
        var id = started.get("_local_id").textValue();
        // When
        send("PUT", source + "/a", "{}");
        // Then
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(send("GET", target + "/a", null).has("_id")).isTrue());
        assertThat(send("GET", here + "/_active_tasks", null)
                        .at("/0/replication_id")
                        .textValue())
                .isEqualTo(id);
        // When
        post("_replicate", "{\"replication_id\":\"" + id + "\",\"cancel\":true}");
        // Then
        assertThat(send("GET", here + "/_scheduler/jobs", null).get("jobs")).isEmpty();
        assertThat(post("_replicate", "{\"replication_id\":\"" + id + "\",\"cancel\":true}")
                        .get("error")
                        .textValue())
                .isEqualTo("not_found");
    }

    @Test
    void aCrashedJobIsToldAndTriedAgain() throws Exception {
        // Given
        couch.config().set("replicator", "interval", "100");
        couch.restart();
        makeDatabases();
        send("PUT", here + "/_replicator/job", job(here + "/none", target, ",\"continuous\":true"));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> {
            var row = send("GET", here + "/_scheduler/docs/_replicator/job", null);
            assertThat(row.path("state").asText()).isEqualTo("crashing");
            assertThat(row.at("/info/error").asText()).isEqualTo("db_not_found: could not open " + here + "/none/");
            assertThat(row.get("error_count").intValue()).isEqualTo(1);
        });
    }

    @Test
    void aDocumentThatRepeatsAnotherFails() throws Exception {
        // Given
        send("PUT", here + "/_replicator/one", job(source, target, ",\"continuous\":true"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state("one")).isEqualTo("running"));
        // When
        send("PUT", here + "/_replicator/two", job(source, target, ",\"continuous\":true"));
        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state("two")).isEqualTo("failed"));
        assertThat(send("GET", here + "/_replicator/two", null)
                        .get("_replication_state_reason")
                        .textValue())
                .contains("already started, triggered by document `one` from db `_replicator`");
    }

    @Test
    void onlyWhoOwnsAJobSeesItsPassword() throws Exception {
        // Given
        send("PUT", here + "/_replicator/_security", "{\"members\":{\"roles\":[\"tools\"]},\"admins\":{}}");
        send(
                "PUT",
                here + "/_users/org.couchdb.user:other",
                "{\"name\":\"other\",\"password\":\"pw\",\"roles\":[\"tools\"],\"type\":\"user\"}");
        send("PUT", here + "/_replicator/job", job(source, target, ",\"continuous\":true"));
        // When
        var request = HttpRequest.newBuilder(URI.create(here + "/_replicator/job"))
                .header("Authorization", basic("other:pw"))
                .build();
        // Then
        assertThat(http.send(request, BodyHandlers.ofString()).body())
                .contains("\"owner\"")
                .doesNotContain("password");
    }

    private String state(String id) throws Exception {
        return send("GET", here + "/_scheduler/docs/_replicator/" + id, null)
                .path("state")
                .asText();
    }

    private JsonNode replicate(String from, String into, String options) throws Exception {
        var result = post("_replicate", job(from, into, options));
        assertThat(result.path("ok").booleanValue()).as(result.toString()).isTrue();
        return result;
    }

    private JsonNode post(String path, String body) throws Exception {
        return send("POST", here + "/" + path, body);
    }

    private static String job(String from, String into, String options) {
        return "{\"source\":{\"url\":\"" + from + "\"," + AUTH + "},\"target\":{\"url\":\"" + into + "\"," + AUTH + "}"
                + options + "}";
    }

    private static String revision(String id, char hash, String more) {
        return "{\"_id\":\"" + id + "\",\"_rev\":\"1-" + String.valueOf(hash).repeat(32) + "\"" + more + "}";
    }

    private JsonNode send(String method, String url, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "application/json")
                .header("Content-Type", url.contains("b.txt") ? "text/plain" : "application/json")
                .header("Authorization", basic("admin:admin"))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return Json.parse(http.send(request, BodyHandlers.ofByteArray()).body());
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }
}
