package io.shopsync.provisioning.account;

import io.shopsync.platform.Cursor;
import io.shopsync.platform.Page;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes and removes accounts, and says in the log who did. */
@ApplicationScoped
class Accounts {

    private static final Logger LOG = Logger.getLogger(Accounts.class);

    private final AccountConfig config;
    private final AccountStore store;
    private final Clock clock;

    Accounts(AccountConfig config, AccountStore store, Clock clock) {
        this.config = config;
        this.store = store;
        this.clock = clock;
    }

    /** What is answered where an OIDC provider keeps the accounts. */
    static ProblemException switchedOff() {
        return new ProblemException(ProblemCode.NOT_FOUND, "Accounts are not kept here: ask your identity provider.");
    }

    /** @throws ProblemException where the name is taken */
    AccountView create(AccountRequest request, String caller) {
        requireEnabled();
        var account = AccountEntity.of(
                request.name(),
                PasswordHash.of(request.password(), config.hashIterations()),
                request.roles(),
                request.ids(),
                clock.instant());
        if (!store.insertIfAbsent(account)) {
            throw new ProblemException(ProblemCode.CONFLICT, "There is an account " + request.name() + ".");
        }
        LOG.infof("%s made the account %s with the roles %s", caller, account.name, account.roles());
        return AccountView.of(account);
    }

    /** @throws ProblemException where there is none */
    AccountView require(String name) {
        requireEnabled();
        return store.find(name).map(AccountView::of).orElseThrow(() -> unknown(name));
    }

    /** Tokens that the account has got stay valid until they expire. */
    void delete(String name, String caller) {
        requireEnabled();
        if (!store.delete(name)) {
            throw unknown(name);
        }
        LOG.infof("%s removed the account %s", caller, name);
    }

    Page<AccountView> page(Optional<String> cursor, int limit) {
        requireEnabled();
        var after = cursor.map(Accounts::lastSeen);
        var rows = store.list(after, limit + 1).stream().map(AccountView::of).toList();
        return Page.of(rows, limit, last -> Cursor.of(last.name()));
    }

    private void requireEnabled() {
        if (!config.enabled()) {
            throw switchedOff();
        }
    }

    private static String lastSeen(String cursor) {
        return Optional.of(Cursor.decode(cursor, 1).parts().getFirst())
                .filter(name -> name.matches(AccountRequest.NAME))
                .orElseThrow(Cursor::invalid);
    }

    private static ProblemException unknown(String name) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no account " + name + ".");
    }
}
