package io.shopsync.provisioning.connection;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Caller;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.platform.ShopIdText;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** A shop's connection over HTTP. */
@Path("/api/v1/shops/{shopId}/connection")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Connection")
public class ConnectionResource {

    private final Connections connections;
    private final Caller caller;

    ConnectionResource(Connections connections, Caller caller) {
        this.connections = connections;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OWNER})
    @Operation(
            operationId = "getConnection",
            summary = "What the shop's tills need to connect, with passwords",
            description = "For the shop's owner and admins alone. Each time it is shown, the ledger gets a "
                    + "`connection-shown` event with the caller's name.")
    @APIResponse(responseCode = "200", description = "The connection")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    @APIResponse(responseCode = "409", description = "`shop-deleted`")
    @APIResponseSchema(ConnectionView.class)
    public RestResponse<ConnectionView> get(@PathParam("shopId") @ShopIdText String shopId) {
        var shop = new ShopId(shopId);
        caller.requireAccessTo(shop);
        return RestResponse.ResponseBuilder.ok(connections.show(shop, caller.name()))
                .header("Cache-Control", "no-store")
                .build();
    }
}
