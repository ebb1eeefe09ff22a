package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.couchdb.document.LocalDocument;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.orchestrator.couchdb.Couch;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at the {@code _local} documents of a database for those that carry another shop's id. CouchDB neither validates
 * them nor lists them in changes (measured), so that all of them are read each time; they are few, a checkpoint or two a
 * device.
 */
@ApplicationScoped
class LocalDocumentScan {

    private static final int PAGE = 500;

    private final Couch couch;
    private final QuarantineStore store;
    private final Findings findings;

    LocalDocumentScan(Couch couch, QuarantineStore store, Findings findings) {
        this.couch = couch;
        this.store = store;
        this.findings = findings;
    }

    void scan(ShopDatabase database) {
        var after = "";
        List<LocalDocument> page;
        do {
            var from = after;
            page = couch.ask(
                    server -> server.database(database.physicalName()).local().page(from, PAGE));
            page.stream().filter(document -> isForeign(database, document)).forEach(it -> remove(database, it));
            after = page.isEmpty() ? after : page.getLast().id();
        } while (page.size() == PAGE);
    }

    private static boolean isForeign(ShopDatabase database, LocalDocument document) {
        var shopId = document.body().get("shopId");
        return shopId != null && !database.shop().value().equals(shopId.textValue());
    }

    private void remove(ShopDatabase database, LocalDocument document) {
        var violation = violation(database, document);
        if (store.store(List.of(violation)).isEmpty()) {
            return;
        }
        // Reported before it is removed: a document that is gone could not be found again to be reported.
        findings.raiseOnce(
                violation.id() + violation.sha256(),
                Findings.about(
                        database,
                        FindingKind.FOREIGN_LOCAL_DOCUMENT,
                        Optional.of(document.id()),
                        "removed",
                        Map.of(
                                "sha256",
                                violation.sha256(),
                                "quarantineId",
                                violation.id().toString())));
        couch.ask(server -> server.database(database.physicalName()).local().delete(document.id()));
    }

    private static Violation violation(ShopDatabase database, LocalDocument document) {
        ObjectNode body = document.body().deepCopy();
        body.put("_id", document.id()).put("_rev", document.rev());
        return Violation.of(database, body, RawJson.of(body.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
