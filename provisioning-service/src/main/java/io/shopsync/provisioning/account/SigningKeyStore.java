package io.shopsync.provisioning.account;

import io.shopsync.platform.sealing.KeyRing;
import io.shopsync.platform.sealing.Sealed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import org.hibernate.StatelessSession;

/** Keeps the key that signs tokens, sealed, so that all replicas sign with the same one. */
@ApplicationScoped
class SigningKeyStore {

    private static final String ALGORITHM = "RSA";
    private static final int BITS = 2048;
    private static final String OWNER = "signing-key";

    /** Of two replicas that start for the first time together, one wins and both read its key. */
    private static final String INSERT = """
            insert into SigningKey (id, keyId, box, createdAt) values (:id, :keyId, :box, :now) on conflict do nothing
            """;

    private final StatelessSession session;
    private final KeyRing ring;
    private final Clock clock;

    SigningKeyStore(StatelessSession session, KeyRing ring, Clock clock) {
        this.session = session;
        this.ring = ring;
        this.clock = clock;
    }

    /** The key, made at the first call ever. */
    @Transactional
    public PrivateKey key() throws GeneralSecurityException {
        var row = session.get(SigningKeyEntity.class, SigningKeyEntity.CURRENT);
        if (row == null) {
            insertNew();
            row = session.get(SigningKeyEntity.class, SigningKeyEntity.CURRENT);
        }
        var sealed = new Sealed(row.keyId, row.box);
        var encoded = ring.open(sealed, OWNER);
        if (ring.isStale(sealed)) {
            var again = ring.seal(encoded, OWNER);
            row.keyId = again.keyId();
            row.box = again.box();
            session.update(row);
        }
        return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private void insertNew() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(BITS);
        var sealed = ring.seal(generator.generateKeyPair().getPrivate().getEncoded(), OWNER);
        session.createMutationQuery(INSERT)
                .setParameter("id", SigningKeyEntity.CURRENT)
                .setParameter("keyId", sealed.keyId())
                .setParameter("box", sealed.box())
                .setParameter("now", clock.instant())
                .executeUpdate();
    }
}
