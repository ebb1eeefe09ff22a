package io.shopsync.provisioning.credential;

import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.platform.sealing.KeyRing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.StatelessSession;

/** Makes and keeps the passwords of shops' logins. */
@ApplicationScoped
public class Credentials {

    private final StatelessSession session;
    private final KeyRing ring;

    Credentials(StatelessSession session, KeyRing ring) {
        this.session = session;
        this.ring = ring;
    }

    /**
     * Makes the logins of a new shop, in the transaction of its signup.
     *
     * @return what CouchDB is to store in place of the passwords
     */
    @Transactional(TxType.MANDATORY)
    public List<LoginKey> issue(ShopId shop, Instant now) {
        var issued = make(shop, now);
        session.insertMultiple(issued.rows());
        return issued.keys();
    }

    /**
     * Gives each of a shop's logins a new password, in the transaction of the command. The old ones are forgotten.
     *
     * @return what CouchDB is to store in place of the passwords
     */
    @Transactional(TxType.MANDATORY)
    public List<LoginKey> rotate(ShopId shop, Instant now) {
        var issued = make(shop, now);
        session.updateMultiple(issued.rows());
        return issued.keys();
    }

    /** Forgets a shop's passwords, in the transaction that closes the shop. */
    @Transactional(TxType.MANDATORY)
    public void forget(ShopId shop) {
        session.createMutationQuery("delete from Credential where shopId = :shop")
                .setParameter("shop", shop.value())
                .executeUpdate();
    }

    /** The logins of a shop with their passwords; empty where there is no such shop, or it was deleted. */
    @Transactional
    public List<Credential> of(ShopId shop) {
        return session.createSelectionQuery(
                        "from Credential where shopId = :shop order by kind desc", CredentialEntity.class)
                .setParameter("shop", shop.value())
                .getResultStream()
                .map(row -> new Credential(row.login, row.kind, row.open(ring)))
                .toList();
    }

    private Issued make(ShopId shop, Instant now) {
        var rows = new ArrayList<CredentialEntity>();
        var keys = new ArrayList<LoginKey>();
        for (var kind : LoginKey.Kind.values()) {
            var login = switch (kind) {
                case SYNC -> shop.syncLogin();
                case ADMIN -> shop.adminLogin();
            };
            var password = Password.random();
            var row = CredentialEntity.of(shop, login, kind, now);
            row.seal(password, ring);
            rows.add(row);
            keys.add(KeyDerivation.derive(login, kind, password));
        }
        return new Issued(rows, keys);
    }

    private record Issued(List<CredentialEntity> rows, List<LoginKey> keys) {}
}
