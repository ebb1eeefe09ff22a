package io.shopsync.provisioning.account;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

/** The accounts. */
@ApplicationScoped
class AccountStore {

    private static final String INSERT = """
            insert into Account (name, passwordSalt, passwordHash, iterations, roles, shops, createdAt)
            values (:name, :salt, :hash, :iterations, :roles, :shops, :createdAt)
            on conflict do nothing
            """;

    private final StatelessSession session;

    AccountStore(StatelessSession session) {
        this.session = session;
    }

    @Transactional
    public Optional<AccountEntity> find(String name) {
        return Optional.ofNullable(session.get(AccountEntity.class, name));
    }

    /** Adds an account; false where the name is taken, and then nothing was done. */
    @Transactional
    public boolean insertIfAbsent(AccountEntity account) {
        var inserted = session.createMutationQuery(INSERT)
                .setParameter("name", account.name)
                .setParameter("salt", account.passwordSalt)
                .setParameter("hash", account.passwordHash)
                .setParameter("iterations", account.iterations)
                .setParameter("roles", account.roles)
                .setParameter("shops", account.shops)
                .setParameter("createdAt", account.createdAt)
                .executeUpdate();
        return inserted == 1;
    }

    @Transactional
    public void update(AccountEntity account) {
        session.update(account);
    }

    /** Removes an account; false where there is none of that name. */
    @Transactional
    public boolean delete(String name) {
        return session.createMutationQuery("delete from Account where name = :name")
                        .setParameter("name", name)
                        .executeUpdate()
                == 1;
    }

    /** Accounts in the order of their names. */
    @Transactional
    public List<AccountEntity> list(Optional<String> after, int limit) {
        return session.createSelectionQuery("from Account where name > :after order by name", AccountEntity.class)
                .setParameter("after", after.orElse(""))
                .setMaxResults(limit)
                .getResultList();
    }
}
