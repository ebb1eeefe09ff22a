package io.shopsync.orchestrator.replication.pair;

import io.shopsync.contracts.ShopId;
import io.shopsync.platform.Caller;
import io.shopsync.platform.Cursor;
import io.shopsync.platform.Page;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The documents that targets refuse, over HTTP. */
@Path("/api/v1/shops/{shopId}/sync/refused-documents")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Sync commands")
public class RefusalResource {

    private static final String SHOP_ID_RULE =
            "must be 2 to 40 letters a-z and digits, with single hyphens between them";
    private static final int KEY_PARTS = 5;

    private final Refusals refusals;
    private final Caller caller;

    RefusalResource(Refusals refusals, Caller caller) {
        this.refusals = refusals;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR, Roles.OWNER})
    @Operation(
            operationId = "listRefusedDocuments",
            summary = "The documents of a shop that a target does not have because it refuses them",
            description = "They are tried again with later runs, and when `sync` is asked for.")
    @APIResponse(responseCode = "200", description = "A page of them")
    public Page<RefusalView> list(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(500) int limit,
            @QueryParam("cursor") Optional<String> cursor) {
        var shop = new ShopId(shopId);
        caller.requireAccessTo(shop);
        var found = refusals.page(shop, cursor.map(RefusalResource::key), limit + 1);
        var page = Page.of(found, limit, RefusalResource::cursor);
        return new Page<>(page.items().stream().map(RefusalView::of).toList(), page.next());
    }

    /** Ids may hold anything, a line feed too. */
    private static Cursor cursor(Refusal last) {
        return Cursor.of(
                last.pair().database().physicalName(),
                last.pair().target(),
                last.pair().direction(),
                URLEncoder.encode(last.documentId(), StandardCharsets.UTF_8),
                URLEncoder.encode(last.revision(), StandardCharsets.UTF_8));
    }

    private static Refusals.Key key(String cursor) {
        var parts = Cursor.decode(cursor, KEY_PARTS).parts();
        try {
            return new Refusals.Key(
                    parts.get(0),
                    parts.get(1),
                    parts.get(2),
                    URLDecoder.decode(parts.get(3), StandardCharsets.UTF_8),
                    URLDecoder.decode(parts.get(4), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException _) {
            throw Cursor.invalid();
        }
    }
}
