package io.shopsync.orchestrator.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.Wanted;
import io.shopsync.orchestrator.reconcile.ObservedDatabase.Missing;
import io.shopsync.orchestrator.reconcile.ObservedDatabase.Present;
import io.shopsync.orchestrator.security.LoginDocument;
import io.shopsync.orchestrator.security.SecurityPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What differs between a shop as it is wished and as CouchDB has it, as the steps that mend it. None means that they
 * match.
 *
 * <p>A database is never open to its shop without the guard: it is made closed, then gets the guard, then its
 * {@code _security}. One that is open to others than it should be is closed to them before anything else.
 */
final class ShopPlanner {

    private final SecurityPolicy policy;

    ShopPlanner(SecurityPolicy policy) {
        this.policy = policy;
    }

    /** The steps that make CouchDB match the wish. Nothing is ever dropped. */
    List<Step> plan(DesiredShop desired, ObservedShop observed) {
        var steps = new ArrayList<Step>();
        switch (desired.wanted()) {
            case Wanted.Active _ -> {
                desired.logins().forEach(key -> admit(desired, key, observed, steps));
                var open = policy.open(desired.shop());
                for (var name : desired.catalogue().current()) {
                    openDatabase(name.of(desired.shop()), open, observed, steps);
                }
                for (var name : desired.catalogue().retired()) {
                    closeDatabase(name.of(desired.shop()), observed, steps);
                }
            }
            case Wanted.Suspended _, Wanted.Deleted _ -> {
                desired.logins().forEach(key -> refuse(key, observed, steps));
                desired.databases().forEach(database -> closeDatabase(database, observed, steps));
            }
        }
        return steps;
    }

    /**
     * The same but for databases that are {@link #unfilled}: they are made, and left closed and without a guard.
     */
    List<Step> planUnfilled(DesiredShop desired, ObservedShop observed) {
        var unfilled = unfilled(desired, observed);
        return plan(desired, observed).stream()
                .filter(step -> step instanceof Step.CreateDatabase
                        || step instanceof Step.LimitRevisions
                        || !(step instanceof Step.OnDatabase on && unfilled.contains(on.database())))
                .toList();
    }

    /** What opens a database that was filled. */
    List<Step> planOpening(ShopDatabase database) {
        return List.of(
                new Step.InstallGuard(database, Optional.empty()),
                new Step.SecureDatabase(database, policy.open(database.shop())));
    }

    /** Databases that should be open and are new: missing yet, or closed and without a guard. */
    static Set<ShopDatabase> unfilled(DesiredShop desired, ObservedShop observed) {
        return switch (desired.wanted()) {
            case Wanted.Active _ ->
                desired.catalogue().current().stream()
                        .map(name -> name.of(desired.shop()))
                        .filter(database -> isNew(look(database, observed)))
                        .collect(Collectors.toUnmodifiableSet());
            case Wanted.Suspended _, Wanted.Deleted _ -> Set.of();
        };
    }

    private static boolean isNew(ObservedDatabase database) {
        return switch (database) {
            case Missing _ -> true;
            case Present present -> closed(present) && present.guard().isEmpty();
        };
    }

    /** The steps that leave nothing of the shop in CouchDB: its logins go, then its databases. */
    List<Step> planRemoval(DesiredShop desired, ObservedShop observed) {
        var steps = new ArrayList<Step>();
        desired.logins().forEach(key -> refuse(key, observed, steps));
        desired.databases().stream()
                .filter(database -> look(database, observed) instanceof Present)
                .map(Step.DropDatabase::new)
                .forEach(steps::add);
        return steps;
    }

    private void openDatabase(ShopDatabase database, SecurityDocument open, ObservedShop observed, List<Step> steps) {
        switch (look(database, observed)) {
            case Missing _ -> {
                steps.add(new Step.CreateDatabase(database));
                limit(database, SecurityPolicy.COUCHDBS_REVISIONS_LIMIT).ifPresent(steps::add);
                steps.add(new Step.InstallGuard(database, Optional.empty()));
                steps.add(new Step.SecureDatabase(database, open));
            }
            case Present present
            when closed(present) -> {
                guard(database, present).ifPresent(steps::add);
                security(database, present, open).ifPresent(steps::add);
                limit(database, present.revisionsLimit()).ifPresent(steps::add);
            }
            case Present present -> mend(database, present, open, steps);
        }
    }

    private void closeDatabase(ShopDatabase database, ObservedShop observed, List<Step> steps) {
        if (look(database, observed) instanceof Present present) {
            mend(database, present, SecurityPolicy.CLOSED, steps);
        }
    }

    /** Whom it must not be open to is shut out first. */
    private void mend(ShopDatabase database, Present present, SecurityDocument wanted, List<Step> steps) {
        security(database, present, wanted).ifPresent(steps::add);
        guard(database, present).ifPresent(steps::add);
        limit(database, present.revisionsLimit()).ifPresent(steps::add);
    }

    private static Optional<Step> security(ShopDatabase database, Present present, SecurityDocument wanted) {
        return present.security().equals(Optional.of(wanted))
                ? Optional.empty()
                : Optional.of(new Step.SecureDatabase(database, wanted));
    }

    private Optional<Step> guard(ShopDatabase database, Present present) {
        var stored = present.guard();
        return stored.isPresent() && policy.guard().isInstalled(database.shop(), stored.get())
                ? Optional.empty()
                : Optional.of(new Step.InstallGuard(database, stored.map(ShopPlanner::revision)));
    }

    private Optional<Step> limit(ShopDatabase database, int stored) {
        return stored == policy.revisionsLimit()
                ? Optional.empty()
                : Optional.of(new Step.LimitRevisions(database, policy.revisionsLimit()));
    }

    private static boolean closed(Present present) {
        return present.security().equals(Optional.of(SecurityPolicy.CLOSED));
    }

    private static void admit(DesiredShop desired, LoginKey key, ObservedShop observed, List<Step> steps) {
        var stored = look(key, observed);
        if (stored.isEmpty() || !LoginDocument.isInstalled(desired.shop(), key, stored.get())) {
            var document = LoginDocument.of(desired.shop(), key);
            stored.ifPresent(replaced -> document.put("_rev", revision(replaced)));
            steps.add(new Step.PutLogin(key.login(), document));
        }
    }

    private static void refuse(LoginKey key, ObservedShop observed, List<Step> steps) {
        look(key, observed).ifPresent(stored -> steps.add(new Step.RemoveLogin(key.login(), revision(stored))));
    }

    private static ObservedDatabase look(ShopDatabase database, ObservedShop observed) {
        var found = observed.databases().get(database);
        if (found == null) {
            throw new IllegalArgumentException("nobody looked at " + database);
        }
        return found;
    }

    private static Optional<ObjectNode> look(LoginKey key, ObservedShop observed) {
        var found = observed.logins().get(key.login());
        if (found == null) {
            throw new IllegalArgumentException("nobody looked at " + key.login());
        }
        return found;
    }

    private static String revision(ObjectNode document) {
        return document.path("_rev").asText();
    }
}
