package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.desired.WorkQueue;
import io.shopsync.platform.Caller;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The state of shops over HTTP. */
@Path("/api/v1/shops/{shopId}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "State", description = "What is wished for a shop, and what CouchDB has of it.")
public class StateResource {

    private static final String SHOP_ID_RULE =
            "must be 2 to 40 letters a-z and digits, with single hyphens between them";

    private final ShopStates states;
    private final WorkQueue queue;
    private final Caller caller;

    StateResource(ShopStates states, WorkQueue queue, Caller caller) {
        this.states = states;
        this.queue = queue;
        this.caller = caller;
    }

    @GET
    @Path("/state")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
    @Operation(
            operationId = "getShopState",
            summary = "What is wished for a shop, how far it is, and what CouchDB has of it now",
            description = "CouchDB is looked at for this answer. Where that is not possible, `observed.unknownBecause` "
                    + "says why, and the rest is answered all the same.")
    @APIResponse(responseCode = "200", description = "The state")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    public StateView state(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId) {
        var shop = new ShopId(shopId);
        caller.requireAccessTo(shop);
        return states.of(shop).orElseThrow(() -> notFound(shop));
    }

    @POST
    @Path("/reconcile")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "reconcileShop",
            summary = "Has a shop looked at and put right now, whatever it waits for",
            description = "Follow it at `Location`. A shop that failed is tried anew.")
    @APIResponse(responseCode = "202", description = "The shop is due")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    public RestResponse<Void> reconcile(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId) {
        var shop = new ShopId(shopId);
        if (!queue.ask(shop)) {
            throw notFound(shop);
        }
        return ResponseBuilder.<Void>accepted()
                .location(URI.create("/api/v1/shops/" + shop + "/state"))
                .build();
    }

    private static ProblemException notFound(ShopId shop) {
        return new ProblemException(ProblemCode.SHOP_NOT_FOUND, "No shop " + shop + " has signed up.");
    }
}
