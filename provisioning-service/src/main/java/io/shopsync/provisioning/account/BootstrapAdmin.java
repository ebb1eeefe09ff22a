package io.shopsync.provisioning.account;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import org.jboss.logging.Logger;

/** Makes the first administrator, who makes the others. The configuration decides over the password. */
@ApplicationScoped
class BootstrapAdmin {

    private static final Logger LOG = Logger.getLogger(BootstrapAdmin.class);

    private final AccountConfig config;
    private final AccountStore store;
    private final Clock clock;

    BootstrapAdmin(AccountConfig config, AccountStore store, Clock clock) {
        this.config = config;
        this.store = store;
        this.clock = clock;
    }

    void make(@Observes StartupEvent event) {
        if (config.enabled()) {
            config.bootstrapAdmin().password().map(String::toCharArray).ifPresent(this::make);
        }
    }

    private void make(char[] password) {
        var name = config.bootstrapAdmin().name();
        var present = store.find(name);
        if (present.isPresent() && present.get().hash().matches(password)) {
            return;
        }
        var hash = PasswordHash.of(password, config.hashIterations());
        var admin = AccountEntity.of(name, hash, List.of(Role.ADMIN), List.of(), clock.instant());
        if (present.isPresent() || !store.insertIfAbsent(admin)) {
            store.update(admin);
        }
        LOG.infof("the administrator %s has the configured password", name);
    }
}
