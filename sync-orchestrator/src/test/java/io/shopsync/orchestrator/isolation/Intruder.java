package io.shopsync.orchestrator.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.IsolationEvent.FindingRaised;
import io.shopsync.couchdb.Database;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.orchestrator.Stage;
import io.shopsync.orchestrator.security.Guard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A server admin who writes past the guard, and what the orchestrator makes of it. */
final class Intruder {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Stage stage;

    Intruder(Stage stage) {
        this.stage = stage;
    }

    Database sales(ShopId shop) {
        return stage.couch().database("shop_" + shop + "_sales");
    }

    /** Takes the guard away; the orchestrator puts it back. */
    void removeGuard(ShopId shop) {
        sales(shop)
                .documents()
                .get(Guard.ID)
                .ifPresent(guard -> sales(shop)
                        .documents()
                        .delete(Guard.ID, guard.path("_rev").asText()));
    }

    /** Stores revisions as they are where the guard is away. */
    void replicate(ShopId shop, ObjectNode... revisions) {
        removeGuard(shop);
        var raw = List.of(revisions).stream()
                .map(body -> RawJson.of(body.toString().getBytes(StandardCharsets.UTF_8)))
                .toList();
        assertThat(sales(shop).bulk().replicate(raw)).isEmpty();
    }

    /** Waits until so many documents of a shop's database are in quarantine; returns their ids in order of finding. */
    List<UUID> quarantined(ShopId shop, int count) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(quarantineIds(shop)).hasSize(count));
        return quarantineIds(shop);
    }

    private List<UUID> quarantineIds(ShopId shop) {
        return stage.found(shop).stream()
                .map(FindingRaised::quarantineId)
                .flatMap(id -> id.stream())
                .map(UUID::fromString)
                .toList();
    }

    /** A first-generation revision whose hash is 32 times {@code digit}; without a shop's id where that is null. */
    static ObjectNode revision(String id, char digit, String shopId) {
        var hash = String.valueOf(digit).repeat(32);
        var body = JsonNodeFactory.instance.objectNode();
        body.put("_id", id).put("_rev", "1-" + hash);
        body.putObject("_revisions").put("start", 1).putArray("ids").add(hash);
        if (shopId != null) {
            body.put("shopId", shopId);
        }
        return body.put("amount", digit);
    }
}
