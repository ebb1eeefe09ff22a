package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.orchestrator.desired.Claim;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.edge.EdgeDoors;
import io.shopsync.orchestrator.edge.EdgeUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Ends what is left open when someone may no longer read: CouchDB asks for rights when a feed is opened and never again
 * (measured), so that it goes on after its login and {@code _security} are changed. The edges are told after CouchDB was
 * changed; earlier, a till could open a new feed with what it still may.
 */
@ApplicationScoped
class OpenFeeds {

    private static final Logger LOG = Logger.getLogger(OpenFeeds.class);

    private final EdgeDoors doors;

    OpenFeeds(EdgeDoors doors) {
        this.doors = doors;
    }

    /**
     * Makes the edges follow what was done in CouchDB.
     *
     * @throws EdgeUnavailable where an edge could not be told of a wish, which then is not fulfilled
     */
    void follow(Claim claim, List<Step> steps) {
        if (!doors.areThere()) {
            return;
        }
        try {
            tell(claim, steps);
        } catch (EdgeUnavailable e) {
            if (claim.wishWaits()) {
                throw e;
            }
            // The drift that was mended must be reported now; feeds end by themselves within minutes.
            LOG.warnf("feeds of %s may still be open: %s", claim.shop(), e.getMessage());
        }
    }

    private void tell(Claim claim, List<Step> steps) {
        var shop = claim.shop();
        switch (claim.desired().wanted()) {
            // In the routine look, too: an edge may be new, or have lost what it was told.
            case Wanted.Suspended _, Wanted.Deleted _ -> doors.refuse(shop);
            case Wanted.Active _ -> {
                if (claim.wishWaits() && claim.desired().wish().generation() == 1) {
                    // Nobody has ever had a login to open a feed with.
                    return;
                }
                if (claim.wishWaits()) {
                    doors.admit(shop);
                }
                // What an earlier attempt did before it broke off is not known.
                if (takesRights(steps) || claim.attempt() > 1) {
                    doors.cutFeeds(shop);
                }
            }
        }
    }

    /** Whether somebody who could read may no longer. */
    private static boolean takesRights(List<Step> steps) {
        var created = steps.stream()
                .filter(Step.CreateDatabase.class::isInstance)
                .map(step -> ((Step.CreateDatabase) step).database())
                .collect(Collectors.toSet());
        return steps.stream().anyMatch(step -> takesRights(step, created));
    }

    private static boolean takesRights(Step step, Set<ShopDatabase> created) {
        return switch (step) {
            case Step.PutLogin _, Step.RemoveLogin _, Step.DropDatabase _ -> true;
            case Step.SecureDatabase secure -> !created.contains(secure.database());
            case Step.CreateDatabase _, Step.InstallGuard _, Step.LimitRevisions _ -> false;
        };
    }
}
