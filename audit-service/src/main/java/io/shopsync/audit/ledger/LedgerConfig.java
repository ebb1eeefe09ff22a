package io.shopsync.audit.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the ledger. */
@ConfigMapping(prefix = "shopsync.ledger")
interface LedgerConfig {

    /** How many months, beyond the present one, have their partition made ahead. */
    @WithDefault("3")
    int monthsAhead();
}
