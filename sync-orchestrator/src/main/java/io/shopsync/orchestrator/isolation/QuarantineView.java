package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.orchestrator.isolation.QuarantineEntry.Decision;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A quarantined document as the API shows it: where it was and what became of it, never its body.
 *
 * @param shop whose database it was found in
 * @param deleted whether it was a tombstone
 * @param foundShopId the {@code shopId} it carried, where it carried one
 * @param sha256 of its body, in hexadecimal digits
 * @param action what the policy did to the original; absent until it is settled
 */
@Schema(name = "QuarantinedDocument")
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record QuarantineView(
        UUID id,
        ShopId shop,
        String database,
        String documentId,
        String revision,
        boolean deleted,
        FindingKind kind,
        Optional<String> foundShopId,
        String sha256,
        Instant foundAt,
        QuarantineState state,
        Optional<String> action,
        Optional<DecisionView> decision) {

    /**
     * What a person decided.
     *
     * @param releasedInto the database it is or was written to
     * @param reason why it is or was discarded
     */
    @Schema(name = "QuarantineDecision")
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record DecisionView(
            String by,
            Instant at,
            Optional<ReleaseTo> releaseTo,
            Optional<String> releasedInto,
            Optional<String> reason) {

        static DecisionView of(Decision decision) {
            return new DecisionView(
                    decision.by(), decision.at(), decision.releaseTo(), decision.releasedInto(), decision.reason());
        }
    }

    static QuarantineView of(QuarantineEntry entry) {
        var document = entry.document();
        return new QuarantineView(
                document.id(),
                document.database().shop(),
                document.database().physicalName(),
                document.documentId(),
                document.revision(),
                document.deleted(),
                document.finding(),
                document.foundShopId(),
                document.sha256(),
                document.foundAt(),
                entry.state(),
                entry.action(),
                entry.decision().map(DecisionView::of));
    }
}
