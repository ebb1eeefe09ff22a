package io.shopsync.orchestrator.proof;

import io.shopsync.contracts.ShopId;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Asks for checks and looks at what became of them. */
@ApplicationScoped
class CheckRequests {

    private final CheckStore store;
    private final CheckLoop loop;
    private final DesiredShops shops;

    CheckRequests(CheckStore store, CheckLoop loop, DesiredShops shops) {
        this.store = store;
        this.loop = loop;
        this.shops = shops;
    }

    /** Asks for a check of one shop; while one is under way, that one. */
    Check of(ShopId shop, String by) {
        var known = shops.find(shop)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.SHOP_NOT_FOUND, "No shop " + shop + " has signed up."));
        if (known.desired().wanted() instanceof Wanted.Deleted) {
            throw new ProblemException(ProblemCode.SHOP_DELETED, "The shop " + shop + " was deleted.");
        }
        return request(Optional.of(shop), by);
    }

    /** Asks for a check of all shops; while one is under way, that one. */
    Check ofAll(String by) {
        return request(Optional.empty(), by);
    }

    Check find(UUID id) {
        return store.find(id)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no check " + id + '.'));
    }

    /** The signed text of a check that is over. */
    String report(UUID id) {
        return store.report(id).orElseThrow(() -> notThere(find(id)));
    }

    /** The same with its signature. */
    String jws(UUID id) {
        return store.jws(id).orElseThrow(() -> notThere(find(id)));
    }

    private Check request(Optional<ShopId> scope, String by) {
        var check = store.request(scope, by);
        loop.wake();
        return check;
    }

    private static ProblemException notThere(Check check) {
        return new ProblemException(
                ProblemCode.CONFLICT,
                "The check has no report" + (check.state().isOver() ? "" : " yet") + ": it is " + check.state() + '.');
    }
}
