package io.shopsync.orchestrator.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopId;
import io.shopsync.couchdb.CouchOptions;
import io.shopsync.couchdb.CouchServer;
import io.shopsync.couchdb.Credentials;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.orchestrator.reconcile.Shops;
import io.shopsync.orchestrator.security.Guard.Deletions;
import io.shopsync.stack.testing.CouchResource;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Before a guard is put up we object to what it would refuse: to the very same documents. */
class GuardObjectionTest {

    private static final int DOCUMENTS = 400;

    @ParameterizedTest
    @EnumSource
    void objectsToWhatCouchDbWouldRefuse(Deletions deletions) {
        // Given
        var seed = new Random().nextLong();
        var chance = new Random(seed);
        var shop = Shops.fresh();
        var guard = new Guard(deletions);
        var documents = IntStream.range(0, DOCUMENTS)
                .mapToObj(n -> raw(document(shop, "d" + n, chance)))
                .toList();
        // When
        var refused = refusedByCouchDb(shop, guard, documents);
        var objectedTo = documents.stream()
                .filter(document -> guard.objection(shop, document).isPresent())
                .map(GuardObjectionTest::id)
                .collect(Collectors.toUnmodifiableSet());
        // Then
        assertThat(objectedTo).as("seed %s", seed).isEqualTo(refused);
        assertThat(refused).as("seed %s", seed).isNotEmpty().hasSizeLessThan(DOCUMENTS);
    }

    @Test
    void readsWhateverCouchDbStores() {
        // Given
        var shop = Shops.fresh();
        var depth = 5_000;
        var document = "{\"deep\":%s1%s,\"number\":%s,\"%s\":1,\"shopId\":\"%s\"}"
                .formatted("[".repeat(depth), "]".repeat(depth), "9".repeat(2_000), "n".repeat(60_000), shop);
        // Then
        assertThat(new Guard(Deletions.MARKED).objection(shop, RawJson.of(document.getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }

    private static Set<String> refusedByCouchDb(ShopId shop, Guard guard, List<RawJson> documents) {
        var address = CouchResource.address();
        var options = CouchOptions.of(address.url().toString())
                .withCredentials(Credentials.basic(address.username(), address.password()));
        try (var couch = CouchServer.connect(options)) {
            var database = couch.database("shop_" + shop + "_objections");
            database.create(1);
            database.documents().put(Guard.ID, guard.documentFor(shop));
            return database.bulk().replicate(documents).stream()
                    .map(WriteOutcome.Refused::id)
                    .collect(Collectors.toUnmodifiableSet());
        }
    }

    /** What a {@code _bulk_get} may answer: more often near to a right document than far from it. */
    private static ObjectNode document(ShopId shop, String id, Random chance) {
        var document = JsonNodeFactory.instance.objectNode().put("_id", id).put("_rev", "1-abc");
        document.putObject("_revisions").put("start", 1).putArray("ids").add("abc");
        switch (chance.nextInt(8)) {
            case 0 -> document.put("shopId", shop + "-x");
            case 1 -> document.putNull("shopId");
            case 2 -> document.putArray("shopId").add(shop.value());
            case 3 -> document.putObject("nested").put("shopId", shop.value());
            case 4 -> document.put("shopid", shop.value());
            default -> document.put("shopId", shop.value());
        }
        if (chance.nextBoolean()) {
            document.put("_deleted", chance.nextInt(4) > 0);
        }
        if (chance.nextInt(3) == 0) {
            document.remove(List.of("shopId", "nested", "shopid"));
        }
        if (chance.nextInt(3) == 0) {
            document.put("total", chance.nextInt(100));
        }
        if (chance.nextInt(5) == 0) {
            document.putObject("_attachments")
                    .putObject("receipt.txt")
                    .put("content_type", "text/plain")
                    .put("data", "aGVsbG8=");
        }
        return document;
    }

    private static RawJson raw(ObjectNode document) {
        return RawJson.of(document.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String id(RawJson document) {
        return document.text().replaceAll(".*?\"_id\":\"(d\\d+)\".*", "$1");
    }
}
