package io.shopsync.orchestrator.replication.command;

import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.platform.Caller;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** What is asked of one shop's replication, over HTTP. */
@Path("/api/v1/shops/{shopId}/sync/commands")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sync commands", description = "Replication is asked to run, pause, go on, begin anew or be verified.")
public class ShopCommandResource {

    private static final String SHOP_ID_RULE =
            "must be 2 to 40 letters a-z and digits, with single hyphens between them";

    private final Commands commands;
    private final DesiredShops shops;
    private final Caller caller;

    ShopCommandResource(Commands commands, DesiredShops shops, Caller caller) {
        this.commands = commands;
        this.shops = shops;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "commandShopSync",
            summary = "Asks something of a shop's replication",
            description =
                    "Follow it at `Location`. `sync` and `reset-checkpoint` are done when every pair that they are"
                            + " about has run; `verify` compares both sides revision by revision, and copies what the"
                            + " target lacks with `mend`. A pause holds until `resume`.")
    @APIResponse(responseCode = "202", description = "It is carried out")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    public RestResponse<CommandView> command(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId,
            @Valid @NotNull CommandRequest request) {
        var shop = new ShopId(shopId);
        var desired = shops.find(shop)
                .map(status -> status.desired())
                .filter(it -> !(it.wanted() instanceof Wanted.Deleted))
                .orElseThrow(() -> notFound(shop));
        if (request.databaseName()
                .filter(name -> !desired.catalogue().all().contains(name))
                .isPresent()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "The shop has no database " + request.database() + '.');
        }
        var command = request.by(caller.name(), Optional.of(shop));
        commands.accept(command);
        return ResponseBuilder.ok(CommandView.of(command))
                .status(RestResponse.Status.ACCEPTED)
                .location(URI.create("/api/v1/shops/" + shop + "/sync/commands/" + command.id()))
                .build();
    }

    @GET
    @Path("/{commandId}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "getShopSyncCommand", summary = "What became of a command about a shop")
    @APIResponse(responseCode = "200", description = "The command")
    @APIResponse(responseCode = "404", description = "`not-found`")
    public CommandView ofShop(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId,
            @PathParam("commandId") @Pattern(regexp = Commands.ID_PATTERN, message = "must be a UUID")
                    String commandId) {
        return commands.view(UUID.fromString(commandId), Optional.of(new ShopId(shopId)));
    }

    private static ProblemException notFound(ShopId shop) {
        return new ProblemException(ProblemCode.SHOP_NOT_FOUND, "No shop " + shop + " has signed up.");
    }
}
