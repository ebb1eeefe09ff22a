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

    private static final String UPDATE_PASSWORD = """
            update Account set passwordSalt = :salt, passwordHash = :hash, iterations = :iterations where name = :name
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

    /** @throws RuntimeException where the account is gone */
    @Transactional
    public void update(AccountEntity account) {
        session.update(account);
    }

    /** Stores an account's password anew; false where the account is gone, and then nothing was done. */
    @Transactional
    public boolean updatePassword(AccountEntity account) {
        return session.createMutationQuery(UPDATE_PASSWORD)
                        .setParameter("name", account.name)
                        .setParameter("salt", account.passwordSalt)
                        .setParameter("hash", account.passwordHash)
                        .setParameter("iterations", account.iterations)
                        .executeUpdate()
                == 1;
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
