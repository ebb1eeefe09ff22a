package io.shopsync.audit.platform;

import java.time.Instant;
import java.util.Optional;

/** From a time (inclusive) to a time (exclusive), each open where empty. */
public record TimeRange(Optional<Instant> from, Optional<Instant> to) {}
