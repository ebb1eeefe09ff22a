package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a quarantined document is released to. */
enum ReleaseTo {
    /** The shop whose id it carries, into the database of the same name. */
    @JsonProperty("owner")
    OWNER,
    /** The database it was found in, with that shop's id. */
    @JsonProperty("back")
    BACK
}
