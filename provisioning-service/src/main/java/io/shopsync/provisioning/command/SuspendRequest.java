package io.shopsync.provisioning.command;

import io.shopsync.provisioning.platform.Limits;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a shop is suspended.
 *
 * @param reason for the ledger; may be left out
 */
@Schema(name = "Suspension")
record SuspendRequest(
        @Size(max = 200)
        @Pattern(regexp = Limits.LINE, message = Limits.LINE_RULE)
        @Schema(examples = "invoice unpaid", maxLength = 200)
        String reason) {

    static ShopCommand command(SuspendRequest request) {
        return new ShopCommand.Suspend(
                Optional.ofNullable(request).map(SuspendRequest::reason).orElse(""));
    }
}
