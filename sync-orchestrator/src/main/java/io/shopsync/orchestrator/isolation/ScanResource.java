package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.ShopStatus;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.platform.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Scans over HTTP. */
@Path("/api/v1/shops/{shopId}/scans")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "Scans", description = "The look at everything that was written to a shop's databases.")
public class ScanResource {

    private static final String SHOP_ID_RULE =
            "must be 2 to 40 letters a-z and digits, with single hyphens between them";

    private final DesiredShops shops;
    private final ScanStates states;
    private final CompleteScan scan;

    ScanResource(DesiredShops shops, ScanStates states, CompleteScan scan) {
        this.shops = shops;
        this.states = states;
        this.scan = scan;
    }

    /**
     * How far one database is.
     *
     * @param scannedAt when a scan last came so far; absent where there was nothing to scan yet
     * @param due whether it waits for a scan or is being scanned
     */
    @Schema(name = "DatabaseScan")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record ScanView(String database, Optional<Instant> scannedAt, boolean due) {}

    @GET
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR, Roles.AUDITOR})
    @Operation(operationId = "getScans", summary = "When each of a shop's databases was last scanned")
    @APIResponse(responseCode = "200", description = "The databases that were ever to be scanned")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    public List<ScanView> get(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId) {
        var shop = known(shopId).desired().shop();
        return states.of(shop).stream()
                .map(it -> new ScanView(it.database(), it.scannedAt(), it.due()))
                .toList();
    }

    @POST
    @RolesAllowed({Roles.ADMIN, Roles.OPERATOR})
    @Operation(
            operationId = "scanShop",
            summary = "Has all of a shop's databases scanned, from their first change on",
            description = "Follow it at `Location`. Changes are scanned without being asked for: this is for those who "
                    + "want to be sure.")
    @APIResponse(responseCode = "202", description = "The scans are due")
    @APIResponse(responseCode = "404", description = "`shop-not-found`")
    public RestResponse<Void> restart(
            @PathParam("shopId") @Pattern(regexp = ShopId.PATTERN, message = SHOP_ID_RULE) String shopId) {
        var shop = known(shopId).desired();
        scan.restart(shop.databases());
        return ResponseBuilder.<Void>accepted()
                .location(URI.create("/api/v1/shops/" + shop.shop() + "/scans"))
                .build();
    }

    private ShopStatus known(String shopId) {
        var shop = new ShopId(shopId);
        return shops.find(shop)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.SHOP_NOT_FOUND, "No shop " + shop + " has signed up."));
    }
}
