package io.shopsync.provisioning.shop;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Caller;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.platform.ShopIdText;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A shop's progress as server-sent events. */
@Path(ShopResource.ROOT + "/{shopId}/progress")
@Tag(name = "Shops")
public class ProgressResource {

    private final ShopProgress progress;
    private final Caller caller;

    ProgressResource(ShopProgress progress, Caller caller) {
        this.progress = progress;
        this.caller = caller;
    }

    @GET
    @Blocking
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
    @Operation(
            operationId = "followShop",
            summary = "A shop's progress as server-sent events",
            description = "One event `shop` now and one after each change, its id the shop's revision, until the shop "
                    + "is READY, FAILED, SUSPENDED or DELETED. Comments in between show that the stream is alive. "
                    + "Changes in quick succession may come as one.")
    @APIResponse(
            responseCode = "200",
            description = "Events",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(implementation = ShopView.class)))
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    public Multi<OutboundSseEvent> follow(@PathParam("shopId") @ShopIdText String shopId, @Context Sse sse) {
        var shop = new ShopId(shopId);
        caller.requireAccessTo(shop);
        return progress.follow(shop)
                .map(state -> state.map(view -> event(view, sse)).orElseGet(() -> alive(sse)));
    }

    private static OutboundSseEvent event(ShopView shop, Sse sse) {
        return sse.newEventBuilder()
                .id(Long.toString(shop.revision()))
                .name("shop")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(shop)
                .build();
    }

    private static OutboundSseEvent alive(Sse sse) {
        return sse.newEventBuilder().comment("alive").build();
    }
}
