package io.shopsync.orchestrator.sync;

import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.sync.device.LookConfig;
import io.shopsync.platform.Caller;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/** The sync of one shop over HTTP. */
@Path("/api/v1/shops/{shopId}/sync")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sync", description = "How the sync of shops goes: devices, targets, health.")
public class SyncResource {

    private static final Logger LOG = Logger.getLogger(SyncResource.class);
    private static final String SHOP_ID_RULE =
            "must be 2 to 40 letters a-z and digits, with single hyphens between them";

    private final SyncStatuses statuses;
    private final DesiredShops shops;
    private final ShopHealths healths;
    private final LookConfig config;
    private final Caller caller;

    SyncResource(SyncStatuses statuses, DesiredShops shops, ShopHealths healths, LookConfig config, Caller caller) {
        this.statuses = statuses;
        this.shops = shops;
        this.healths = healths;
        this.config = config;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
    @Operation(
            operationId = "getShopSync",
            summary = "How the sync of a shop goes: each database, each target, each device",
            description =
                    "CouchDB is looked at for this answer, unless it was a moment ago. Devices are known by the "
                            + "checkpoints that they leave in the shop's databases; when one moved is known from the first look on.")
    @APIResponse(responseCode = "200", description = "The sync")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    public SyncView sync(@PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId) {
        var shop = new ShopId(shopId);
        caller.requireAccessTo(shop);
        return statuses.of(shop).orElseThrow(() -> notFound(shop));
    }

    @PUT
    @Path("/critical")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "markShopCritical",
            summary = "Has a shop looked at all the time, not only when its databases change")
    @APIResponse(responseCode = "204", description = "It is")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    @APIResponse(responseCode = "409", description = "`conflict`: as many shops are critical as can be")
    public void markCritical(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId) {
        var shop = existing(shopId);
        if (!healths.markCritical(shop, config.criticalShops())) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "%d shops are critical; take one out first.".formatted(config.criticalShops()));
        }
        LOG.infof("%s is critical from now on, asked by %s", shop, caller.name());
    }

    @DELETE
    @Path("/critical")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(operationId = "unmarkShopCritical", summary = "Has a shop looked at like any other again")
    @APIResponse(responseCode = "204", description = "It is")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    public void unmarkCritical(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId) {
        var shop = existing(shopId);
        healths.unmarkCritical(shop);
        LOG.infof("%s is no longer critical, asked by %s", shop, caller.name());
    }

    private ShopId existing(String shopId) {
        var shop = new ShopId(shopId);
        if (shops.find(shop).isEmpty()) {
            throw notFound(shop);
        }
        return shop;
    }

    private static ProblemException notFound(ShopId shop) {
        return new ProblemException(ProblemCode.SHOP_NOT_FOUND, "No shop " + shop + " has signed up.");
    }
}
