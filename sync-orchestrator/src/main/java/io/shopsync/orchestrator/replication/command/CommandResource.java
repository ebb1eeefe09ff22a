package io.shopsync.orchestrator.replication.command;

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

/** What is asked of every shop's replication, over HTTP. */
@Path("/api/v1/sync/commands")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sync commands")
public class CommandResource {

    private final Commands commands;
    private final Caller caller;

    CommandResource(Commands commands, Caller caller) {
        this.commands = commands;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(operationId = "commandAllSync", summary = "Asks something of every shop's replication")
    @APIResponse(responseCode = "202", description = "It is carried out")
    public RestResponse<CommandView> commandAll(@Valid @NotNull CommandRequest request) {
        if (request.database() != null) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "A database is one shop's: name the shop in the path.");
        }
        var command = request.by(caller.name(), Optional.empty());
        commands.accept(command);
        return ResponseBuilder.ok(CommandView.of(command))
                .status(RestResponse.Status.ACCEPTED)
                .location(URI.create("/api/v1/sync/commands/" + command.id()))
                .build();
    }

    @GET
    @Path("/{commandId}")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "getAllSyncCommand", summary = "What became of a command about all shops")
    @APIResponse(responseCode = "200", description = "The command")
    @APIResponse(responseCode = "404", description = "`not-found`")
    public CommandView ofAll(
            @PathParam("commandId") @Pattern(regexp = Commands.ID_PATTERN, message = "must be a UUID")
                    String commandId) {
        return commands.view(UUID.fromString(commandId), Optional.empty());
    }
}
