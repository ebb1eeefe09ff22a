package io.shopsync.orchestrator.desired;

import io.shopsync.contracts.Envelope;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.contracts.shop.ShopEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A shop as it is wished, after the last of its facts.
 *
 * @param name what people call it
 * @param logins who may sync, with their derived keys
 * @param wish where this state comes from
 */
public record DesiredShop(
        ShopId shop, String name, Wanted wanted, Catalogue catalogue, List<LoginKey> logins, Wish wish) {

    public DesiredShop {
        logins = List.copyOf(logins);
    }

    /** A shop of which this is the first fact ever. */
    static DesiredShop first(Envelope<? extends ShopEvent> envelope) throws UnfittingFact {
        if (envelope.body() instanceof ShopEvent.Created created) {
            return new DesiredShop(
                    created.shop(),
                    created.name(),
                    new Wanted.Active(),
                    Catalogue.of(created.databases()),
                    own(created.shop(), created.logins()),
                    Wish.first(envelope));
        }
        throw new UnfittingFact("no shop " + envelope.body().shop() + " has signed up");
    }

    /** The shop after one more of its facts; itself where the fact is no wish. */
    DesiredShop after(Envelope<? extends ShopEvent> envelope) throws UnfittingFact {
        var next = wish.next(envelope);
        return switch (envelope.body()) {
            case ShopEvent.ConnectionShown _ -> this;
            case ShopEvent.Created created -> signedUpAgain(created, next);
            case ShopEvent fact when isDeleted() -> throw new UnfittingFact("the shop " + fact.shop() + " is deleted");
            case ShopEvent.SyncEnabled _ -> with(new Wanted.Active(), catalogue, logins, next);
            case ShopEvent.SyncDisabled _ -> with(new Wanted.Suspended(), catalogue, logins, next);
            case ShopEvent.DatabasesChanged changed ->
                with(wanted, catalogue.changedTo(changed.databases()), logins, next);
            case ShopEvent.CredentialsRotated rotated ->
                with(wanted, catalogue, withNewKeys(own(shop, rotated.logins())), next);
            case ShopEvent.Deleted deleted -> with(new Wanted.Deleted(deleted.purgeAfter()), catalogue, logins, next);
        };
    }

    /** The same, its wish being part of a trace. */
    DesiredShop tracedBy(Optional<String> traceparent) {
        return with(wanted, catalogue, logins, wish.tracedBy(traceparent));
    }

    /**
     * Whether databases of an earlier shop with this id must go before this one gets its own.
     *
     * @param observedGeneration the last wish that CouchDB was made to match
     */
    public boolean startsAfresh(long observedGeneration) {
        return wish.birth() > 1 && observedGeneration < wish.birth();
    }

    /** Every database that the shop has or had. */
    public List<ShopDatabase> databases() {
        return catalogue.all().stream().map(name -> name.of(shop)).toList();
    }

    /** A fact about one shop must never write another's login. */
    private static List<LoginKey> own(ShopId shop, List<LoginKey> keys) throws UnfittingFact {
        for (var key : keys) {
            var expected = switch (key.kind()) {
                case SYNC -> shop.syncLogin();
                case ADMIN -> shop.adminLogin();
            };
            if (!key.login().equals(expected)) {
                throw new UnfittingFact("the shop " + shop + " has no login " + key.login());
            }
        }
        return keys;
    }

    private List<LoginKey> withNewKeys(List<LoginKey> keys) {
        var byLogin = new LinkedHashMap<String, LoginKey>();
        logins.forEach(key -> byLogin.put(key.login(), key));
        keys.forEach(key -> byLogin.put(key.login(), key));
        return List.copyOf(byLogin.values());
    }

    private boolean isDeleted() {
        return wanted instanceof Wanted.Deleted;
    }

    /** Whoever signs up under the id of a deleted shop must not find that shop's data. */
    private DesiredShop signedUpAgain(ShopEvent.Created created, Wish next) throws UnfittingFact {
        return new DesiredShop(
                shop,
                created.name(),
                new Wanted.Active(),
                catalogue.changedTo(created.databases()),
                own(shop, created.logins()),
                isDeleted() ? next.asBirth() : next);
    }

    private DesiredShop with(Wanted otherWanted, Catalogue otherCatalogue, List<LoginKey> otherLogins, Wish next) {
        return new DesiredShop(shop, name, otherWanted, otherCatalogue, otherLogins, next);
    }
}
