package io.shopsync.provisioning.command;

import io.shopsync.contracts.ShopId;
import io.shopsync.provisioning.idempotency.IdempotencyKeys;
import io.shopsync.provisioning.platform.ShopIdText;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PathParam;
import java.util.Optional;

/** What every command says besides itself: which shop it is for, and the key that makes its repetition known. */
class CommandTarget {

    @PathParam("shopId")
    @ShopIdText
    String shopId;

    @HeaderParam(IdempotencyKeys.HEADER)
    @Pattern(regexp = IdempotencyKeys.PATTERN, message = IdempotencyKeys.RULE)
    String idempotencyKey;

    ShopId shop() {
        return new ShopId(shopId);
    }

    Optional<String> key() {
        return Optional.ofNullable(idempotencyKey);
    }
}
