package io.shopsync.provisioning.command;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Caller;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.platform.ShopIdText;
import io.shopsync.provisioning.shop.ShopResource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Commands over HTTP: each is answered 202 with the address of the command, where its outcome can be followed. */
@Path("/api/v1/shops/{shopId}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Commands")
public class CommandResource {

    private static final String UUID_PATTERN = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    private final Commands commands;
    private final CommandConfig config;
    private final Caller caller;

    CommandResource(Commands commands, CommandConfig config, Caller caller) {
        this.commands = commands;
        this.config = config;
        this.caller = caller;
    }

    @POST
    @Path("/suspend")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "suspendShop",
            summary = "Refuses the shop's logins; its data stays",
            description = "A body that says why may be left out.")
    @Accepted
    public RestResponse<CommandView> suspend(@BeanParam @Valid CommandTarget target, @Valid SuspendRequest request) {
        return accept(target, SuspendRequest.command(request));
    }

    /** The same for whoever sends no body, whatever type it is said to have. */
    @POST
    @Path("/suspend")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(hidden = true)
    public RestResponse<CommandView> suspend(@BeanParam @Valid CommandTarget target) {
        return accept(target, SuspendRequest.command(null));
    }

    @POST
    @Path("/resume")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "resumeShop",
            summary = "Lets a suspended shop sync again, and has one that failed tried again")
    @Accepted
    public RestResponse<CommandView> resume(@BeanParam @Valid CommandTarget target) {
        return accept(target, new ShopCommand.Resume());
    }

    @PUT
    @Path("/databases")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OWNER})
    @Operation(
            operationId = "changeDatabases",
            summary = "Lets the shop's databases be exactly these",
            description = "A database that is left out is closed; its data is kept, and is there again when the "
                    + "database is asked for again.")
    @Accepted
    public RestResponse<CommandView> changeDatabases(
            @BeanParam @Valid CommandTarget target, @NotNull @Valid DatabasesRequest request) {
        return accept(target, request.command());
    }

    @POST
    @Path("/credentials/rotate")
    @RolesAllowed({Roles.ADMIN, Roles.OWNER})
    @Operation(
            operationId = "rotateCredentials",
            summary = "Gives each of the shop's logins a new password",
            description = "The old ones are refused as soon as CouchDB knows the new ones. While a rotation is under "
                    + "way, asking again is asking for the same one.")
    @Accepted
    public RestResponse<CommandView> rotateCredentials(@BeanParam @Valid CommandTarget target) {
        return accept(target, new ShopCommand.RotateCredentials());
    }

    @DELETE
    @RolesAllowed({Roles.ADMIN, Roles.OWNER})
    @Operation(
            operationId = "deleteShop",
            summary = "Removes the shop: its logins at once, its databases after a time of grace",
            description = "The id is not given again. A deletion stands: a later one does not change its grace.")
    @Accepted
    public RestResponse<CommandView> delete(
            @BeanParam @Valid CommandTarget target,
            @QueryParam("grace")
                    @Parameter(
                            description = "How long the databases are kept, an ISO 8601 duration. Only an admin may "
                                    + "choose less than the default.",
                            schema = @Schema(type = SchemaType.STRING, format = "duration", examples = "P30D"))
                    String grace) {
        return accept(target, new ShopCommand.Delete(grace(grace)));
    }

    @GET
    @Path("/commands/{commandId}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
    @Operation(operationId = "getCommand", summary = "A command and what has become of it")
    @APIResponse(responseCode = "200", description = "The command")
    @APIResponse(responseCode = "404", description = "`not-found`")
    public CommandView get(
            @PathParam("shopId") @ShopIdText String shopId,
            @PathParam("commandId") @Pattern(regexp = UUID_PATTERN, message = "must be a UUID") String commandId) {
        var shop = new ShopId(shopId);
        caller.requireAccessTo(shop);
        return commands.require(shop, UUID.fromString(commandId));
    }

    private RestResponse<CommandView> accept(CommandTarget target, ShopCommand command) {
        caller.requireAccessTo(target.shop());
        var accepted = commands.accept(target.shop(), command, caller.name(), target.key());
        return RestResponse.ResponseBuilder.accepted(accepted)
                .location(URI.create(ShopResource.path(target.shop()) + "/commands/" + accepted.id()))
                .build();
    }

    private Duration grace(String text) {
        if (text == null) {
            return config.deletionGrace();
        }
        var grace = parse(text);
        if (grace.isNegative() || grace.compareTo(config.longestDeletionGrace()) > 0) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "grace: must be from PT0S to " + config.longestDeletionGrace());
        }
        if (grace.compareTo(config.deletionGrace()) < 0 && !caller.is(Roles.ADMIN)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "Only an admin may choose a grace below " + config.deletionGrace() + ".");
        }
        return grace;
    }

    private static Duration parse(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "grace: must be an ISO 8601 duration of days or less, such as P30D");
        }
    }

    /** What each command may be answered. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @APIResponse(responseCode = "202", description = "Accepted, now or before")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    @APIResponse(responseCode = "409", description = "`shop-deleted` or `idempotency-key-reused`")
    @interface Accepted {}
}
