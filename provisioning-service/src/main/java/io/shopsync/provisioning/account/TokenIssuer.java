package io.shopsync.provisioning.account;

import io.micrometer.core.instrument.MeterRegistry;
import io.shopsync.platform.Caller;
import io.shopsync.platform.ProblemCode;
import io.shopsync.platform.ProblemException;
import io.shopsync.platform.Roles;
import io.shopsync.provisioning.platform.MetricNames;
import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Issues tokens for accounts. */
@ApplicationScoped
class TokenIssuer {

    /** A password takes a core for a tenth of a second: guessing must not take all of them. */
    static final int PASSWORDS_AT_ONCE = 2;

    private final AccountConfig config;
    private final AccountStore store;
    private final SigningKey key;
    private final FailedLogins failedLogins;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final String issuer;
    private final Semaphore hashing = new Semaphore(PASSWORDS_AT_ONCE, true);

    /** Checked where there is no such account, so that the time of the answer does not tell. */
    private final PasswordHash nobody;

    TokenIssuer(
            AccountConfig config,
            AccountStore store,
            SigningKey key,
            FailedLogins failedLogins,
            MeterRegistry metrics,
            Clock clock,
            @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer) {
        this.config = config;
        this.store = store;
        this.key = key;
        this.failedLogins = failedLogins;
        this.metrics = metrics;
        this.clock = clock;
        this.issuer = issuer;
        this.nobody = PasswordHash.of(new char[0], config.hashIterations());
    }

    /** @throws ProblemException where the login is wrong, failed too often, or there are no accounts here */
    TokenView issue(TokenRequest request, String address) {
        var pair = key.pair().orElseThrow(Accounts::switchedOff);
        var attempt = new FailedLogins.Attempt(request.name(), address);
        failedLogins.pause(attempt).ifPresent(this::refuseFor);
        var account = store.find(request.name());
        if (!admits(account, request.password(), attempt) || !keepsUp(account.get(), request.password())) {
            count("refused");
            throw new ProblemException(ProblemCode.UNAUTHENTICATED, "The name or the password is wrong.");
        }
        count("issued");
        return token(account.get(), pair);
    }

    /**
     * Whether the password is the account's. Whoever guesses many at the same time waits for a turn, and by then it is
     * known how many of them were wrong.
     */
    private boolean admits(Optional<AccountEntity> account, char[] password, FailedLogins.Attempt attempt) {
        hashing.acquireUninterruptibly();
        try {
            failedLogins.pause(attempt).ifPresent(this::refuseFor);
            if (account.map(AccountEntity::hash).orElse(nobody).matches(password) && account.isPresent()) {
                failedLogins.succeeded(attempt);
                return true;
            }
            failedLogins.failed(attempt);
            return false;
        } finally {
            hashing.release();
        }
    }

    private void refuseFor(Duration pause) {
        count("throttled");
        throw ProblemException.passing(
                ProblemCode.TOO_MANY_REQUESTS,
                "Too many logins failed; the header Retry-After says how many seconds to wait.",
                pause);
    }

    /** Hashes the password anew where more iterations are due; false where the account was removed meanwhile. */
    private boolean keepsUp(AccountEntity account, char[] password) {
        if (account.hash().iterations() == config.hashIterations()) {
            return true;
        }
        account.keep(PasswordHash.of(password, config.hashIterations()));
        return store.updatePassword(account);
    }

    private TokenView token(AccountEntity account, SigningKey.Pair pair) {
        var now = clock.instant();
        var expiresAt = now.plus(config.tokenLife());
        var claims = Jwt.claims()
                .issuer(issuer)
                .subject(account.name)
                .upn(account.name)
                .groups(new HashSet<>(account.roles()))
                .issuedAt(now)
                .expiresAt(expiresAt);
        if (account.roles().contains(Roles.OWNER)) {
            claims.claim(Caller.SHOPS_CLAIM, account.shops());
        }
        var token = claims.jws().keyId(pair.id()).sign(pair.privateKey());
        return new TokenView(token, "Bearer", expiresAt);
    }

    private void count(String outcome) {
        metrics.counter(MetricNames.TOKENS, "outcome", outcome).increment();
    }
}
