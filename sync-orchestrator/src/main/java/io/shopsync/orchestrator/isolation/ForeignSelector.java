package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.shopsync.contracts.ShopId;

/**
 * The Mango selector of what does not belong into a shop's database, looked at by CouchDB itself.
 *
 * <p>{@code $ne} and {@code $not} do not match a document that lacks the field (measured), so that it is asked for
 * apart. A deletion without {@code shopId} carries nothing; one with another shop's may carry a body. Design documents
 * match, as they carry no {@code shopId}.
 */
final class ForeignSelector {

    private ForeignSelector() {}

    static JsonNode of(ShopId owner) {
        var selector = JsonNodeFactory.instance.objectNode();
        var either = selector.putArray("$or");
        var unmarked = either.addObject();
        unmarked.putObject("shopId").put("$exists", false);
        unmarked.putObject("_deleted").put("$exists", false);
        either.addObject().putObject("shopId").put("$exists", true).put("$ne", owner.value());
        return selector;
    }
}
