package io.shopsync.audit.finding;

import io.shopsync.audit.platform.CsvPages;
import io.shopsync.audit.platform.ListParams;
import io.shopsync.audit.platform.Visibility;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.Severity;
import io.shopsync.platform.Page;
import io.shopsync.platform.Problem;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Findings over HTTP. */
@Path("/api/v1/findings")
@Tag(name = "findings", description = "Violations of isolation and their catalogue.")
@APIResponse(
        responseCode = "400",
        description = "A parameter is not valid.",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
@RunOnVirtualThread
public class FindingsResource {

    private static final Pattern KIND = Pattern.compile("[A-Za-z0-9-]{1,40}");

    private final FindingQueries findings;
    private final Visibility visibility;

    FindingsResource(FindingQueries findings, Visibility visibility) {
        this.findings = findings;
        this.visibility = visibility;
    }

    @GET
    @Produces({MediaType.APPLICATION_JSON, CsvPages.MEDIA_TYPE})
    @Operation(
            operationId = "listFindings",
            summary = "Violations by shop, kind, severity and time, newest first",
            description = "An owner without `shop` sees the findings of all the shops that the token names.")
    public Page<Finding> list(
            @QueryParam("shop") @Parameter(description = "Of this shop alone.") String shop,
            @QueryParam("kind")
                    @Parameter(description = "Of this id in the catalogue alone; may be given more than once.")
                    List<String> kinds,
            @QueryParam("severity")
                    @Parameter(
                            description = "Of this severity alone; may be given more than once.",
                            schema = @Schema(type = SchemaType.ARRAY, implementation = Severity.class))
                    List<String> severities,
            @QueryParam("order")
                    @Parameter(
                            description = "`desc`: newest first; `asc`: oldest first; `worst`: most severe first.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"desc", "asc", "worst"},
                                            defaultValue = "desc"))
                    String order,
            @BeanParam ListParams params) {
        kinds.forEach(FindingsResource::requireKind);
        var filter = new FindingQueries.Filter(
                visibility.of(ListParams.shop("shop", shop)),
                kinds,
                severities.stream().map(FindingsResource::severity).toList(),
                params.range());
        return findings.page(
                filter,
                ListParams.word("order", order, FindingOrder.class, FindingOrder.DESC),
                params.cursor(),
                params.limit());
    }

    @GET
    @Path("catalogue")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getCatalogue", summary = "Every kind of finding: what it means and what to do")
    public List<CatalogueEntry> catalogue() {
        return Arrays.stream(FindingKind.values()).map(CatalogueEntry::of).toList();
    }

    private static void requireKind(String kind) {
        if (!KIND.matcher(kind).matches()) {
            throw ListParams.invalid("kind", "must be an id of the catalogue, such as ISO-001");
        }
    }

    private static Severity severity(String word) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.name().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> ListParams.invalid("severity", "must be one of " + Arrays.toString(Severity.values())));
    }
}
