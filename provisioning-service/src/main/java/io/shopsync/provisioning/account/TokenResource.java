package io.shopsync.provisioning.account;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Tokens over HTTP. */
@Path("/api/v1/tokens")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Accounts")
public class TokenResource {

    private final TokenIssuer issuer;

    TokenResource(TokenIssuer issuer) {
        this.issuer = issuer;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @SecurityRequirementsSet
    @Operation(operationId = "issueToken", summary = "A bearer token for an account")
    @APIResponse(responseCode = "200", description = "The token")
    @APIResponse(responseCode = "401", description = "`unauthenticated`: the name or the password is wrong")
    @APIResponse(responseCode = "404", description = "`not-found`: accounts are kept by an OIDC provider")
    @APIResponse(
            responseCode = "429",
            description = "`too-many-requests`: too many logins failed",
            headers =
                    @Header(
                            name = "Retry-After",
                            description = "Seconds to wait",
                            schema = @Schema(type = SchemaType.INTEGER)))
    public RestResponse<TokenView> issue(@NotNull @Valid TokenRequest request, @Context HttpServerRequest http) {
        var token = issuer.issue(request, http.remoteAddress().hostAddress());
        return RestResponse.ResponseBuilder.ok(token)
                .header("Cache-Control", "no-store")
                .build();
    }
}
