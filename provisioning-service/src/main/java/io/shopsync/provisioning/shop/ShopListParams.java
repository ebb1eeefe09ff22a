package io.shopsync.provisioning.shop;

import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.provisioning.platform.PageParams;
import jakarta.ws.rs.QueryParam;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which shops are listed. */
class ShopListParams extends PageParams {

    @QueryParam("status")
    @Parameter(
            description = "Only shops of these statuses; may be repeated.",
            schema = @Schema(implementation = ShopStatus[].class))
    List<String> status;

    /** Empty for all. */
    Set<ShopStatus> statuses() {
        var wanted = EnumSet.noneOf(ShopStatus.class);
        status.forEach(name -> wanted.add(status(name)));
        return wanted;
    }

    private static ShopStatus status(String name) {
        return Arrays.stream(ShopStatus.values())
                .filter(status -> status.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.INVALID_REQUEST, "status: must be one of " + Arrays.toString(ShopStatus.values())));
    }
}
