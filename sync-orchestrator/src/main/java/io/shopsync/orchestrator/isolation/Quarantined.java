package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.isolation.FindingKind;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A revision whose copy is in quarantine.
 *
 * @param id of the copy
 * @param database where it was found
 * @param deleted whether it was a tombstone
 * @param foundShopId the {@code shopId} it carried, where it carried one
 * @param sha256 of its body
 */
record Quarantined(
        UUID id,
        ShopDatabase database,
        String documentId,
        String revision,
        boolean deleted,
        FindingKind finding,
        Optional<String> foundShopId,
        String sha256,
        Instant foundAt) {}
