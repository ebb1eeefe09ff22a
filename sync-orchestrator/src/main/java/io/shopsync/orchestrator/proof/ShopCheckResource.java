package io.shopsync.orchestrator.proof;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Caller;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Asks over HTTP for checks of one shop. A class of its own: a request goes to the class of the longest path. */
@Path("/api/v1/shops/{shopId}/isolation-check")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Isolation checks")
public class ShopCheckResource {

    private static final String SHOP_ID_RULE =
            "must be 2 to 40 letters a-z and digits, with single hyphens between them";

    private final CheckRequests checks;
    private final Caller caller;

    ShopCheckResource(CheckRequests checks, Caller caller) {
        this.checks = checks;
        this.caller = caller;
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "checkShopIsolation",
            summary = "Proves a shop's isolation against the live databases",
            description =
                    "Every path to the shop's data is tried with logins that are made for it and taken away again, "
                            + "the databases are scanned from their first change on, and `_security`, guard and logins are "
                            + "compared. No shop's data is changed. While a check of the shop is under way, that one is answered.")
    @APIResponse(responseCode = "202", description = "It is noted; follow it at `Location`")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    @APIResponse(responseCode = "409", description = "`shop-deleted`")
    public RestResponse<CheckView> checkShop(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId) {
        return CheckResource.accepted(checks.of(new ShopId(shopId), caller.name()));
    }
}
