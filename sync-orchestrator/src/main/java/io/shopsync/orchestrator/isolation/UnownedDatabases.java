package io.shopsync.orchestrator.isolation;

import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.isolation.FindingKind;
import io.shopsync.contracts.isolation.IsolationEvent;
import io.shopsync.orchestrator.desired.DesiredShops;
import io.shopsync.orchestrator.desired.ShopStatus;
import io.shopsync.orchestrator.watch.DatabasesSeen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reports databases that no shop owns, each once. The finding is about the shop that the name speaks of, or about
 * {@link IsolationEvent#NOBODY}.
 */
@ApplicationScoped
public class UnownedDatabases {

    /** How the databases begin that a check of isolation makes for its time, and takes away itself. */
    public static final String CHECK_PREFIX = "shopsync_check_";

    /** At the end of a known name: whatever follows. */
    private static final String ANYTHING = "*";

    private final DesiredShops shops;
    private final Findings findings;
    private final IsolationConfig config;

    UnownedDatabases(DesiredShops shops, Findings findings, IsolationConfig config) {
        this.shops = shops;
        this.findings = findings;
        this.config = config;
    }

    void look(@Observes DatabasesSeen seen) {
        var candidates = seen.names().stream().filter(this::couldBeAShops).collect(Collectors.toSet());
        var owned = owned(candidates);
        candidates.stream().filter(name -> !owned.contains(name)).forEach(this::report);
    }

    private boolean couldBeAShops(String name) {
        return !name.startsWith("_")
                && !name.equals(config.quarantineDatabase())
                && !name.startsWith(CHECK_PREFIX)
                && config.knownDatabases().stream().noneMatch(known -> isMeant(known, name));
    }

    private static boolean isMeant(String known, String name) {
        return known.endsWith(ANYTHING)
                ? name.startsWith(known.substring(0, known.length() - ANYTHING.length()))
                : name.equals(known);
    }

    private Set<String> owned(Set<String> names) {
        var databases = names.stream()
                .map(ShopDatabase::parse)
                .flatMap(Optional::stream)
                .toList();
        var shopsOf = databases.stream().map(ShopDatabase::shop).collect(Collectors.toSet());
        var catalogues = shops.find(shopsOf).stream()
                .map(ShopStatus::desired)
                .flatMap(shop -> shop.catalogue().all().stream().map(name -> name.of(shop.shop())))
                .map(ShopDatabase::physicalName)
                .collect(Collectors.toSet());
        return databases.stream()
                .map(ShopDatabase::physicalName)
                .filter(catalogues::contains)
                .collect(Collectors.toSet());
    }

    private void report(String name) {
        var shop = ShopDatabase.parse(name).map(ShopDatabase::shop).orElse(IsolationEvent.NOBODY);
        findings.raiseOnce(
                "unowned\n" + name,
                Findings.about(shop, name, FindingKind.UNOWNED_DATABASE, Optional.empty(), "reported", Map.of()));
    }
}
