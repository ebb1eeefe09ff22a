package io.shopsync.provisioning.shop;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Caller;
import io.shopsync.platform.Page;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.idempotency.IdempotencyKeys;
import io.shopsync.provisioning.platform.ShopIdText;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Signup and the registry over HTTP. */
@Path(ShopResource.ROOT)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Shops")
public class ShopResource {

    static final String ROOT = "/api/v1/shops";

    private final Signup signup;
    private final Shops shops;
    private final ShopList list;
    private final Caller caller;

    ShopResource(Signup signup, Shops shops, ShopList list, Caller caller) {
        this.signup = signup;
        this.shops = shops;
        this.list = list;
        this.caller = caller;
    }

    /** Where a shop is. */
    public static String path(ShopId shop) {
        return ROOT + '/' + shop;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OWNER})
    @Operation(
            operationId = "signUp",
            summary = "Signs a shop up",
            description = "The shop is made in the background: follow it at `links.progress`. The same request again, "
                    + "with or without the same `Idempotency-Key`, has the same answer and does nothing twice. An "
                    + "owner may sign up the shops that the token's `shops` claim names.")
    @APIResponse(responseCode = "202", description = "Accepted, now or before")
    @APIResponse(responseCode = "409", description = "`shop-id-taken` or `idempotency-key-reused`")
    public RestResponse<SignupReceipt> signUp(
            @NotNull @Valid SignupRequest request,
            @HeaderParam(IdempotencyKeys.HEADER)
                    @Pattern(regexp = IdempotencyKeys.PATTERN, message = IdempotencyKeys.RULE)
                    String idempotencyKey) {
        caller.requireAccessTo(request.id());
        var receipt = signup.signUp(request, caller.name(), Optional.ofNullable(idempotencyKey));
        return ResponseBuilder.accepted(receipt)
                .location(URI.create(receipt.links().self()))
                .build();
    }

    @GET
    @Path("/{shopId}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
    @Operation(operationId = "getShop", summary = "A shop with its status and databases")
    @APIResponse(responseCode = "200", description = "The shop")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    public ShopView get(@PathParam("shopId") @ShopIdText String shopId) {
        var shop = new ShopId(shopId);
        caller.requireAccessTo(shop);
        return shops.require(shop);
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
    @Operation(
            operationId = "listShops",
            summary = "Shops in the order of their ids, all or those of some statuses",
            description = "An owner sees the shops that the token's `shops` claim names.")
    @APIResponse(responseCode = "200", description = "A page of shops")
    public Page<ShopView> list(@BeanParam @Valid ShopListParams params) {
        return list.page(params.statuses(), caller.visibleShops(), params.cursor(), params.limit());
    }
}
