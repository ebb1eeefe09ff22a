package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.ShopStatus;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Where a quarantined document may be released to. */
@ApplicationScoped
class ReleaseTargets {

    private final DesiredShops shops;

    ReleaseTargets(DesiredShops shops) {
        this.shops = shops;
    }

    /** @throws ProblemException {@link ProblemCode#CONFLICT} where it may not be released so, with the reason */
    ShopDatabase of(Quarantined document, ReleaseTo to) {
        if (document.finding() == FindingKind.FOREIGN_DESIGN_DOCUMENT
                || document.finding() == FindingKind.FOREIGN_LOCAL_DOCUMENT) {
            throw conflict("A design or _local document is not released: write it anew where it is wanted.");
        }
        return switch (to) {
            case OWNER -> owners(document);
            case BACK -> back(document);
        };
    }

    private ShopDatabase owners(Quarantined document) {
        var owner = owner(document)
                .orElseThrow(() -> conflict("The document carries the id of no shop that has signed up"
                        + document.foundShopId().map(id -> ": " + quoted(id)).orElse("") + '.'));
        return existing(owner, document.database().name().of(owner.shop()));
    }

    private ShopDatabase back(Quarantined document) {
        if (document.deleted()) {
            throw conflict("A deletion does not go back: it would delete nothing that is the shop's.");
        }
        owner(document)
                .map(DesiredShop::shop)
                .filter(owner -> !owner.equals(document.database().shop()))
                .ifPresent(owner -> {
                    throw conflict("The document is the shop " + owner + "'s: release it to its owner.");
                });
        var shop = signedUp(document.database().shop())
                .orElseThrow(() -> conflict("The shop " + document.database().shop() + " is gone."));
        return existing(shop, document.database());
    }

    private static ShopDatabase existing(DesiredShop shop, ShopDatabase database) {
        if (!shop.catalogue().current().contains(database.name())) {
            throw conflict("The shop " + shop.shop() + " has no database " + database.name() + '.');
        }
        return database;
    }

    private Optional<DesiredShop> owner(Quarantined document) {
        return document.foundShopId().flatMap(ShopId::parse).flatMap(this::signedUp);
    }

    private Optional<DesiredShop> signedUp(ShopId shop) {
        return shops.find(shop)
                .map(ShopStatus::desired)
                .filter(desired -> !(desired.wanted() instanceof Wanted.Deleted));
    }

    private static String quoted(String text) {
        return '"' + (text.length() > 80 ? text.substring(0, 80) + "…" : text) + '"';
    }

    private static ProblemException conflict(String detail) {
        return new ProblemException(ProblemCode.CONFLICT, detail);
    }
}
