package io.shopsync.provisioning.connection;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.eventing.Outbox;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.provisioning.credential.Credential;
import io.shopsync.provisioning.credential.Credentials;
import io.shopsync.provisioning.platform.Events;
import io.shopsync.provisioning.shop.ShopView;
import io.shopsync.provisioning.shop.Shops;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Tells a shop's secrets, and publishes that it did and to whom: no password is shown that no ledger knows of. */
@ApplicationScoped
class Connections {

    private final Shops shops;
    private final Credentials credentials;
    private final Outbox outbox;
    private final Clock clock;
    private final String url;

    Connections(Shops shops, Credentials credentials, Outbox outbox, Clock clock, ConnectionConfig config) {
        this.shops = shops;
        this.credentials = credentials;
        this.outbox = outbox;
        this.clock = clock;
        this.url = config.couchdbUrl().toString().replaceAll("/+$", "");
    }

    /** @throws ProblemException where there is no such shop, or it was deleted and its passwords are forgotten */
    @Transactional
    public ConnectionView show(ShopId shop, String caller) {
        // Locked: the event must not overtake another of the shop's, nor a rotation slip in between.
        var view = shops.requireLocked(shop);
        var found = credentials.of(shop);
        if (found.isEmpty()) {
            throw new ProblemException(ProblemCode.SHOP_DELETED, "The logins of " + shop + " are gone.");
        }
        outbox.publish(Events.askedBy(
                caller,
                UUID.randomUUID(),
                clock.instant(),
                new ShopEvent.ConnectionShown(
                        shop, found.stream().map(Credential::login).toList())));
        return view(view, found);
    }

    private ConnectionView view(ShopView shop, List<Credential> found) {
        var tills = found.stream()
                .filter(credential -> credential.kind() == LoginKey.Kind.SYNC)
                .findFirst()
                .orElseThrow();
        return new ConnectionView(
                shop.shopId(),
                shop.status(),
                url,
                tills.login(),
                tills.password().reveal(),
                shop.databases().stream()
                        .map(database -> new ConnectionView.Database(
                                database.name(), database.physicalName(), url + '/' + database.physicalName()))
                        .toList(),
                found.stream()
                        .map(credential -> new ConnectionView.Login(
                                credential.login(),
                                credential.kind(),
                                credential.password().reveal()))
                        .toList());
    }
}
