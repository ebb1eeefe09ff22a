package io.shopsync.provisioning.account;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** The public key of this service's tokens, for the other services to verify them with. */
@Path("/.well-known/jwks.json")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Accounts")
public class JwksResource {

    private final SigningKey key;

    JwksResource(SigningKey key) {
        this.key = key;
    }

    /** A set of public keys (RFC 7517). */
    @Schema(name = "Jwks")
    record Jwks(List<Map<String, Object>> keys) {}

    @GET
    @PermitAll
    @SecurityRequirementsSet
    @Operation(operationId = "getJwks", summary = "The public keys that verify this service's tokens (RFC 7517)")
    @APIResponse(responseCode = "200", description = "The keys; none where accounts are kept by an OIDC provider")
    public RestResponse<Jwks> get() {
        var keys = key.pair().map(SigningKey.Pair::jwk).stream().toList();
        return RestResponse.ResponseBuilder.ok(new Jwks(keys))
                .header("Cache-Control", "public, max-age=300")
                .build();
    }
}
