package io.shopsync.provisioning.shop;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.ReasonCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A shop as its owner and operators see it.
 *
 * @param owner who signed it up
 * @param reason why it is not as wished, a stable code; absent where nothing is wrong
 * @param detail what the reason means in this case
 * @param retryAt when it is tried again by itself; absent where it is not
 * @param readyAt when it was first ready
 * @param changedAt when the status, the reason or a database last changed
 * @param purgeAfter for a shop that was deleted, when its databases go
 * @param revision grows with each change
 */
@Schema(name = "Shop")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ShopView(
        ShopId shopId,
        String name,
        String owner,
        ShopStatus status,
        Optional<ReasonCode> reason,
        Optional<String> detail,
        Optional<Instant> retryAt,
        List<Database> databases,
        Instant signedUpAt,
        Optional<Instant> readyAt,
        Instant changedAt,
        Optional<Instant> purgeAfter,
        long revision) {

    /**
     * One of the shop's databases.
     *
     * @param physicalName as CouchDB knows it
     * @param readyAt when it was first ready
     */
    @Schema(name = "ShopDatabase")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Database(DatabaseName name, String physicalName, DatabaseStatus status, Optional<Instant> readyAt) {}

    static ShopView of(ShopEntity shop) {
        var state = shop.state();
        return new ShopView(
                shop.id(),
                shop.name,
                shop.owner,
                state.status(),
                state.trouble().map(Trouble::reason),
                state.trouble().map(Trouble::detail),
                state.trouble().flatMap(Trouble::retryAt),
                state.databases().stream()
                        .map(database -> database(shop.id(), database))
                        .toList(),
                shop.signedUpAt,
                state.readyAt(),
                shop.changedAt,
                state.purgeAfter(),
                shop.revision);
    }

    private static Database database(ShopId shop, DatabaseState database) {
        return new Database(
                database.name(), database.name().of(shop).physicalName(), database.status(), database.readyAt());
    }
}
