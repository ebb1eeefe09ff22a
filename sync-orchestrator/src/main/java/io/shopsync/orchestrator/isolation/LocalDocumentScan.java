package io.shopsync.orchestrator.isolation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.document.LocalDocument;
import io.shopsync.couchdb.document.RawJson;
import io.shopsync.orchestrator.couchdb.Couch;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at the {@code _local} documents of a database for those that carry another shop's id. CouchDB neither validates
 * them nor lists them in changes (measured), so that all of them are read each time; they are few, a checkpoint or two a
 * device.
 */
@ApplicationScoped
class LocalDocumentScan {

    private static final int PAGE = 500;

    private final Couch couch;
    private final Quarantine quarantine;

    LocalDocumentScan(Couch couch, Quarantine quarantine) {
        this.couch = couch;
        this.quarantine = quarantine;
    }

    void scan(ShopDatabase database) {
        quarantine.take(database, foreign(database));
    }

    /** Those that carry another shop's id. */
    List<Violation> foreign(ShopDatabase database) {
        var foreign = new ArrayList<Violation>();
        var after = "";
        List<LocalDocument> page;
        do {
            var from = after;
            page = couch.ask(
                    server -> server.database(database.physicalName()).local().page(from, PAGE));
            page.stream()
                    .filter(document -> isForeign(database, document))
                    .map(document -> violation(database, document))
                    .forEach(foreign::add);
            after = page.isEmpty() ? after : page.getLast().id();
        } while (page.size() == PAGE);
        return foreign;
    }

    private static boolean isForeign(ShopDatabase database, LocalDocument document) {
        var shopId = document.body().get("shopId");
        return shopId != null && !database.shop().value().equals(shopId.textValue());
    }

    private static Violation violation(ShopDatabase database, LocalDocument document) {
        ObjectNode body = document.body().deepCopy();
        body.put("_id", document.id()).put("_rev", document.rev());
        return Violation.of(database, body, RawJson.of(body.toString().getBytes(StandardCharsets.UTF_8)));
    }
}
