package io.shopsync.orchestrator.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;

/** The reports of checks over HTTP, and the keys that verify them. */
@Path("/api/v1/isolation-checks")
@RunOnVirtualThread
@Tag(name = "Isolation checks")
public class ReportResource {

    static final String UUID_PATTERN = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
    static final String UUID_RULE = "must be the id of a check";

    private static final String JWS = "application/jose";
    private static final String PEM = "application/x-pem-file";

    private final CheckRequests checks;
    private final ReportKeys keys;
    private final ObjectMapper json;
    private final Template page;

    ReportResource(
            CheckRequests checks,
            ReportKeys keys,
            ObjectMapper json,
            @Location("isolation-report.html") Template page) {
        this.checks = checks;
        this.keys = keys;
        this.json = json;
        this.page = page;
    }

    /** A set of public keys (RFC 7517). */
    @Schema(name = "ReportKeys")
    record Jwks(List<Map<String, Object>> keys) {}

    @GET
    @Path("/{checkId}/report.json")
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "getIsolationReport", summary = "What a check found: the text that is signed")
    @APIResponse(
            responseCode = "200",
            description = "The report",
            content = @Content(schema = @Schema(implementation = Report.class)))
    @APIResponse(responseCode = "404", description = "`not-found`")
    @APIResponse(responseCode = "409", description = "`conflict`: there is no report (yet)")
    public String report(@PathParam("checkId") @Pattern(regexp = UUID_PATTERN, message = UUID_RULE) String id) {
        return checks.report(UUID.fromString(id));
    }

    @GET
    @Path("/{checkId}/report.jws")
    @Produces(JWS)
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(
            operationId = "getSignedIsolationReport",
            summary = "The same with its signature, to be kept: a JSON Web Signature (RFC 7515), RS256, in one line")
    @APIResponse(responseCode = "200", description = "The signed report")
    @APIResponse(responseCode = "404", description = "`not-found`")
    @APIResponse(responseCode = "409", description = "`conflict`: there is no report (yet)")
    public String signed(@PathParam("checkId") @Pattern(regexp = UUID_PATTERN, message = UUID_RULE) String id) {
        return checks.jws(UUID.fromString(id));
    }

    @GET
    @Path("/{checkId}/report.html")
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "getIsolationReportPage", summary = "The same as a page to read or print")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(responseCode = "404", description = "`not-found`")
    @APIResponse(responseCode = "409", description = "`conflict`: there is no report (yet)")
    public String page(@PathParam("checkId") @Pattern(regexp = UUID_PATTERN, message = UUID_RULE) String id) {
        return page.data("report", read(checks.report(UUID.fromString(id)))).render();
    }

    @GET
    @Path("/keys")
    @Produces(MediaType.APPLICATION_JSON)
    @PermitAll
    @SecurityRequirementsSet
    @Operation(operationId = "getReportKeys", summary = "The public keys that verify reports (RFC 7517)")
    @APIResponse(responseCode = "200", description = "The keys, the latest first; those of old reports stay")
    public Jwks keys() {
        return new Jwks(keys.all().stream()
                .map(key -> {
                    var jwk = new RsaJsonWebKey(key);
                    jwk.setKeyId(ReportKeys.id(key));
                    jwk.setUse("sig");
                    jwk.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
                    return jwk.toParams(OutputControlLevel.PUBLIC_ONLY);
                })
                .toList());
    }

    @GET
    @Path("/keys/{keyId}.pem")
    @Produces(PEM)
    @PermitAll
    @SecurityRequirementsSet
    @Operation(operationId = "getReportKey", summary = "One of them as OpenSSL reads it")
    @APIResponse(responseCode = "200", description = "The key")
    @APIResponse(responseCode = "404", description = "`not-found`")
    public String key(@PathParam("keyId") String id) {
        return keys.find(id)
                .map(ReportKeys::pem)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "No report was signed with that key."));
    }

    private Report read(String report) {
        try {
            return json.readValue(report, Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored report cannot be read", e);
        }
    }
}
