package io.shopsync.orchestrator.replication.edge;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.platform.Caller;
import io.shopsync.platform.Page;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The edges of shops over HTTP. Passwords come in and never go out. */
@Path("/api/v1/shops/{shopId}/edges")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Edges", description = "CouchDBs of a shop's own, with which its databases are exchanged.")
public class EdgeResource {

    private static final String SHOP_ID_RULE =
            "must be 2 to 40 letters a-z and digits, with single hyphens between them";
    private static final String NAME_RULE =
            "must be 1 to 30 letters a-z and digits, with single hyphens between them, and begin with a letter";

    private final EdgeRegister edges;
    private final Addresses addresses;
    private final DesiredShops shops;
    private final EdgeConfig config;
    private final Caller caller;

    EdgeResource(EdgeRegister edges, Addresses addresses, DesiredShops shops, EdgeConfig config, Caller caller) {
        this.edges = edges;
        this.addresses = addresses;
        this.shops = shops;
        this.config = config;
        this.caller = caller;
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OWNER})
    @Operation(
            operationId = "putEdge",
            summary = "Sets a CouchDB of the shop's own, or changes it",
            description =
                    "Only documents that carry the shop's id are exchanged. Its address must be a public one, unless "
                            + "the configuration allows others.")
    @APIResponse(responseCode = "200", description = "The edge")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    @APIResponse(responseCode = "409", description = "`conflict`: too many edges, or none can be set here")
    public EdgeView put(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId,
            @PathParam("name") @Pattern(regexp = DatabaseName.PATTERN, message = NAME_RULE) String name,
            @Valid @NotNull EdgeRequest request) {
        var shop = existing(shopId);
        if (name.equals(PairId.STANDBY)) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "An edge cannot be named " + name + '.');
        }
        if (!shop.catalogue().all().containsAll(request.databaseNames())) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "The shop does not have all of these databases.");
        }
        requireAllowed(request.url());
        if (!edges.sealsPasswords()) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "No edge can be set: shopsync.replication.edges.keys is not configured.");
        }
        var others = edges.of(shop.shop()).stream()
                .filter(edge -> !edge.name().equals(name))
                .count();
        if (others >= config.mostPerShop()) {
            throw new ProblemException(ProblemCode.CONFLICT, "A shop has at most " + config.mostPerShop() + " edges.");
        }
        return EdgeView.of(edges.set(shop, name, request, caller.name()));
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
    @Operation(operationId = "listEdges", summary = "The edges of a shop")
    @APIResponse(responseCode = "200", description = "All of them")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    public Page<EdgeView> list(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId) {
        var shop = existing(shopId);
        return new Page<>(edges.of(shop.shop()).stream().map(EdgeView::of).toList(), Optional.empty());
    }

    @GET
    @Path("/{name}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
    @Operation(operationId = "getEdge", summary = "An edge of a shop")
    @APIResponse(responseCode = "200", description = "The edge, without its password")
    @APIResponse(responseCode = "404", description = "`shop-not-found`, `not-found`")
    public EdgeView get(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId,
            @PathParam("name") @Pattern(regexp = DatabaseName.PATTERN, message = NAME_RULE) String name) {
        return edges.find(existing(shopId).shop(), name).map(EdgeView::of).orElseThrow(EdgeResource::noSuchEdge);
    }

    @DELETE
    @Path("/{name}")
    @RolesAllowed({Roles.ADMIN, Roles.OWNER})
    @Operation(
            operationId = "deleteEdge",
            summary = "Ends the exchange with an edge",
            description = "What it holds stays there; its password is forgotten here.")
    @APIResponse(responseCode = "204", description = "It is an edge of the shop no more")
    @APIResponse(responseCode = "404", description = "`shop-not-found`, `not-found`")
    public void delete(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId,
            @PathParam("name") @Pattern(regexp = DatabaseName.PATTERN, message = NAME_RULE) String name) {
        if (!edges.remove(existing(shopId).shop(), name, caller.name())) {
            throw noSuchEdge();
        }
    }

    private DesiredShop existing(String shopId) {
        var shop = new ShopId(shopId);
        caller.requireAccessTo(shop);
        return shops.find(shop)
                .map(status -> status.desired())
                .filter(it -> !(it.wanted() instanceof Wanted.Deleted))
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.SHOP_NOT_FOUND, "No shop " + shop + " has signed up."));
    }

    private void requireAllowed(String url) {
        try {
            addresses.require(URI.create(url));
        } catch (IllegalArgumentException _) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "The URL cannot be read.");
        } catch (AddressNotAllowed e) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, e.getMessage());
        }
    }

    private static ProblemException noSuchEdge() {
        return new ProblemException(ProblemCode.NOT_FOUND, "The shop has no edge of that name.");
    }
}
