package io.shopsync.provisioning.shop;

import io.shopsync.contracts.ShopId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/** The rows of single shops, read and written in the caller's transaction. */
@ApplicationScoped
class Registry {

    /** One statement decides between two signups of the same id at the same time, and neither fails. */
    private static final String INSERT = """
            insert into shop (shop_id, name, owner, signup_hash, wish, wish_event, status, databases,
                              signed_up_at, changed_at, revision)
            values (:shopId, :name, :owner, :signupHash, :wish, :wishEvent, :status, cast(:databases as jsonb),
                    :signedUpAt, :changedAt, :revision)
            on conflict do nothing
            """;

    /** In SQL: a list in Hibernate's own language is translated anew for each batch. */
    private static final String LOCK = "select * from shop where shop_id = any(:ids) order by shop_id for update";

    private final StatelessSession session;

    Registry(StatelessSession session) {
        this.session = session;
    }

    /**
     * Adds a shop. Waits for a signup of the same id that is under way.
     *
     * @return whether the id was free; if not, nothing was done
     */
    boolean insertIfAbsent(ShopEntity shop) {
        var inserted = session.createNativeMutationQuery(INSERT)
                .setParameter("shopId", shop.shopId)
                .setParameter("name", shop.name)
                .setParameter("owner", shop.owner)
                .setParameter("signupHash", shop.signupHash)
                .setParameter("wish", shop.wish.name())
                .setParameter("wishEvent", shop.wishEvent)
                .setParameter("status", shop.status.name())
                .setParameter("databases", RegistryJson.text(shop.databases))
                .setParameter("signedUpAt", shop.signedUpAt)
                .setParameter("changedAt", shop.changedAt)
                .setParameter("revision", shop.revision)
                .executeUpdate();
        return inserted == 1;
    }

    Optional<ShopEntity> find(ShopId shop) {
        return Optional.ofNullable(session.get(ShopEntity.class, shop.value()));
    }

    /** The shop, locked until the transaction ends: whoever changes a shop or publishes about it holds its row. */
    Optional<ShopEntity> lock(ShopId shop) {
        return Optional.ofNullable(session.get(ShopEntity.class, shop.value(), LockMode.PESSIMISTIC_WRITE));
    }

    /** Those of the shops that there are, locked in the order of their ids, as everyone does who locks several. */
    Map<ShopId, ShopEntity> lock(Collection<ShopId> shops) {
        return session
                .createNativeQuery(LOCK, ShopEntity.class)
                .setParameter(
                        "ids", shops.stream().map(ShopId::value).distinct().toArray(String[]::new))
                .list()
                .stream()
                .collect(Collectors.toMap(ShopEntity::id, Function.identity()));
    }

    /** Stores what has changed about shops; {@link ShopChanges} tells those who watch them. */
    void update(Collection<ShopEntity> shops) {
        session.updateMultiple(List.copyOf(shops));
    }
}
