package io.shopsync.orchestrator.proof;

import io.shopsync.orchestrator.proof.Report.ShopPart;
import io.shopsync.orchestrator.proof.Report.Tally;
import java.util.List;

/** What a check found about one shop, kept until the report is written. */
record ShopResult(ShopPart part, List<Tally> attempts) {

    ShopResult {
        attempts = List.copyOf(attempts);
    }
}
