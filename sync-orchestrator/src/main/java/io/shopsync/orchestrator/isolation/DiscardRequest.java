package io.shopsync.orchestrator.isolation;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param reason for the ledger */
@Schema(name = "Discard")
record DiscardRequest(
        @NotBlank
        @Size(max = 200)
        @Pattern(regexp = "\\P{Cntrl}*", message = "must not hold control characters")
        @Schema(required = true, examples = "a test document of the till's maker", maxLength = 200)
        String reason) {}
