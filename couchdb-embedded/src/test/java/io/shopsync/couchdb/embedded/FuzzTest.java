package io.shopsync.couchdb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.shopsync.couchdb.embedded.wire.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/** Nonsense of all kinds gets an answer, and never one of a server that broke. */
class FuzzTest {
    private static final int REQUESTS = 1500;
    /** What real CouchDB answers 500 in the recorded conversations. */
    private static final Set<String> RECORDED =
            Set.of("no_majority", "Missing replicator database", "compilation_error", "db_not_found");

    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "DELETE", "HEAD", "COPY", "PATCH", "BREW");
    private static final List<String> PARTS = List.of(
            "shop_fuzz",
            "shop_fuzz",
            "shop_fuzz",
            "shop_fuzz",
            "_users",
            "_replicator",
            "none",
            "_all_docs",
            "_bulk_docs",
            "_bulk_get",
            "_changes",
            "_find",
            "_security",
            "_local",
            "_design",
            "_revs_diff",
            "_purge",
            "_revs_limit",
            "_local_docs",
            "_design_docs",
            "queries",
            "d1",
            "d2",
            "_all_dbs",
            "_dbs_info",
            "_uuids",
            "_session",
            "_up",
            "_node",
            "_local",
            "_config",
            "_db_updates",
            "_active_tasks",
            "_replicate",
            "_scheduler",
            "jobs",
            "docs",
            "_compact",
            "_missing_revs",
            "_index",
            "_explain",
            "a b",
            "ü",
            "%",
            "+",
            "..",
            "//");
    private static final List<String> PARAMETERS = List.of(
            "rev",
            "revs",
            "open_revs",
            "limit",
            "skip",
            "since",
            "startkey",
            "endkey",
            "key",
            "keys",
            "include_docs",
            "conflicts",
            "attachments",
            "atts_since",
            "filter",
            "feed",
            "style",
            "descending",
            "new_edits",
            "latest",
            "seq_interval",
            "doc_ids",
            "batch",
            "q",
            "n",
            "meta",
            "count",
            "states");
    private static final List<String> MEMBERS = List.of(
            "_id",
            "_rev",
            "_deleted",
            "_attachments",
            "_revisions",
            "docs",
            "keys",
            "queries",
            "selector",
            "new_edits",
            "id",
            "rev",
            "start",
            "ids",
            "data",
            "stub",
            "follows",
            "content_type",
            "fields",
            "sort",
            "bookmark",
            "limit",
            "doc_ids",
            "source",
            "target",
            "name",
            "password",
            "roles",
            "type",
            "members",
            "admins",
            "names",
            "$or",
            "$gt",
            "$elemMatch",
            "$regex",
            "validate_doc_update",
            "views",
            "map",
            "continuous");

    private static EmbeddedCouch couch;
    private static Client client;

    @BeforeAll
    static void start() {
        couch = EmbeddedCouch.builder()
                .inMemory()
                .lockOut(false)
                .config("chttpd_auth", "iterations", "1")
                .start(0);
        client = Client.of(couch.url());
    }

    @AfterAll
    static void stop() {
        couch.close();
    }

    @RepeatedTest(2)
    void neverBreaksTheServer() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < REQUESTS; i++) {
            // Given
            client.put("/shop_fuzz", "");
            client.put("/shop_fuzz/d1", "{\"a\":1}");
            String method = pick(random, METHODS);
            String target = target(random);
            String body = body(random);
            // When
            var answer = client.trySend(method, target, method.equals("GET") ? "" : body);
            // Then
            String reason = answer.json().path("reason").asText();
            String error = answer.json().path("error").asText();
            if (!RECORDED.contains(reason) && !RECORDED.contains(error)) {
                assertThat(answer.status())
                        .as("seed %d: %s %s %s: %s", seed, method, target, body, answer.text())
                        .isNotEqualTo(500)
                        .isBetween(200, 599);
            }
        }
        assertThat(client.get("/_up").status()).isEqualTo(200);
    }

    private static String target(Random random) {
        StringBuilder target = new StringBuilder();
        int parts = random.nextInt(4);
        for (int i = 0; i <= parts; i++) {
            target.append('/').append(URLEncoder.encode(pick(random, PARTS), StandardCharsets.UTF_8));
        }
        int parameters = random.nextInt(3);
        for (int i = 0; i < parameters; i++) {
            target.append(i == 0 ? '?' : '&')
                    .append(pick(random, PARAMETERS))
                    .append('=')
                    .append(URLEncoder.encode(parameter(random), StandardCharsets.UTF_8));
        }
        // A feed that is followed ends on its own, soon.
        return target + (parameters == 0 ? "?" : "&") + "timeout=1";
    }

    private static String parameter(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> "true";
            case 1 -> Integer.toString(random.nextInt(5) - 1);
            case 2 -> pick(random, List.of("1-abc", "all", "now", "_doc_ids", "_selector", "_design", "longpoll"));
            case 3 ->
                Json.bytes(value(random, 2)).length > 200
                        ? "[]"
                        : value(random, 2).toString();
            case 4 -> "x".repeat(random.nextInt(3));
            default -> "[\"1-" + "a".repeat(32) + "\"]";
        };
    }

    private static String body(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> "{" + "x".repeat(random.nextInt(5));
            case 2 -> "\u0000\u0001\ud83d\ude00";
            default -> value(random, 4).toString();
        };
    }

    private static JsonNode value(Random random, int depth) {
        int kind = random.nextInt(depth <= 0 ? 6 : 10);
        return switch (kind) {
            case 0 -> Json.array().nullNode();
            case 1 -> Json.array().booleanNode(random.nextBoolean());
            case 2 -> Json.array().numberNode(random.nextInt(10) - 2);
            case 3 -> Json.array().numberNode(random.nextGaussian() * 1e20);
            case 4 -> Json.array().textNode(pick(random, PARTS));
            case 5 -> Json.array().textNode(random.nextInt(3) + "-" + "abcdef01".repeat(random.nextInt(5)));
            case 6, 7 -> {
                var array = Json.array();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
            default -> {
                var object = Json.object();
                for (int i = random.nextInt(5); i > 0; i--) {
                    object.set(pick(random, MEMBERS), value(random, depth - 1));
                }
                yield object;
            }
        };
    }

    private static String pick(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
