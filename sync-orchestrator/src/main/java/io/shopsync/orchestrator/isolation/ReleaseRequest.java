package io.shopsync.orchestrator.isolation;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** @param to {@code owner}: the shop whose id the document carries; {@code back}: where it was found */
@Schema(name = "Release")
record ReleaseRequest(@NotNull @Schema(required = true) ReleaseTo to) {}
