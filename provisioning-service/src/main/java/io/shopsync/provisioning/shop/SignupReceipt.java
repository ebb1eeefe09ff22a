package io.shopsync.provisioning.shop;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a signup is answered with. It says nothing that changes afterwards, so that the same request again has the same
 * answer.
 *
 * @param status as the signup was accepted; {@code progress} tells what has become of it
 */
@Schema(name = "SignupReceipt")
record SignupReceipt(
        ShopId shopId, String name, ShopStatus status, List<DatabaseName> databases, Instant signedUpAt, Links links) {

    /** Where the shop, its progress and its connection are. */
    @Schema(name = "ShopLinks")
    record Links(String self, String progress, String connection) {
        static Links of(ShopId shop) {
            var self = ShopResource.path(shop);
            return new Links(self, self + "/progress", self + "/connection");
        }
    }
}
