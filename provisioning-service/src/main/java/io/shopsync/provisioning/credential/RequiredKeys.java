package io.shopsync.provisioning.credential;

import io.quarkus.runtime.StartupEvent;
import io.shopsync.platform.sealing.KeyRing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.TreeSet;
import org.hibernate.StatelessSession;

/**
 * A service that lacks a key must not start: it would take signups, and fail the owners of older shops one by one when
 * they ask for their connection.
 */
@ApplicationScoped
class RequiredKeys {

    @Transactional
    void check(@Observes StartupEvent event, KeyRing ring, StatelessSession session) {
        var missing = new TreeSet<>(session.createSelectionQuery("select distinct keyId from Credential", String.class)
                .getResultList());
        missing.removeAll(ring.keyIds());
        if (!missing.isEmpty()) {
            throw new IllegalStateException("passwords are sealed with the keys " + missing
                    + ", which shopsync.credentials.keys does not hold: put them back at its end");
        }
    }
}
