package io.shopsync.couchdb.embedded.auth;

import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.store.Databases;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Recognises who asks, and locks out a name after too many wrong passwords from one address. */
public final class Authenticator {
    private static final int REMEMBERED = 10_000;

    private final Databases databases;
    private final Config config;
    private final LockOut lockOut;
    private final Tokens tokens;
    private final Sessions sessions;
    private final Consumer<String> warnings;
    /** Passwords that were right: deriving a key takes a tenth of a second, by design. */
    private final Map<String, String> verified = new ConcurrentHashMap<>();

    /** @param warnings told of each login that fails, in CouchDB's words */
    public Authenticator(Databases databases, Config config, Consumer<String> warnings) {
        this.databases = databases;
        this.warnings = warnings;
        this.config = config;
        lockOut = new LockOut(config);
        tokens = new Tokens(config, Clock.systemUTC());
        sessions = new Sessions(config, Clock.systemUTC(), this::account);
    }

    /**
     * @param authorization the header, or null
     * @param cookie the header, or null
     * @param peer the client's address
     * @throws CouchError 401 for a wrong password, 403 for a locked account
     */
    public UserContext authenticate(String authorization, String cookie, String peer) {
        if (authorization != null && !config.section("jwt_keys").isEmpty()) {
            var bearer = tokens.authenticate(authorization);
            if (bearer.isPresent()) {
                return bearer.get();
            }
        }
        var session = sessions.authenticate(cookie);
        if (session.isPresent()) {
            return session.get();
        }
        if (authorization != null && authorization.startsWith("Basic ")) {
            return basic(authorization.substring(6).strip(), peer);
        }
        return UserContext.ANONYMOUS;
    }

    /** The sessions of this server. */
    public Sessions sessions() {
        return sessions;
    }

    /** The names of the ways in, in the order they are tried. */
    public List<String> handlers() {
        return config.section("jwt_keys").isEmpty()
                ? List.of("cookie", "default")
                : List.of("jwt", "cookie", "default");
    }

    private UserContext basic(String encoded, String peer) {
        String plain;
        try {
            plain = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw CouchError.badRequest("Authorization header has invalid base64 value");
        }
        int colon = plain.indexOf(':');
        if (colon <= 0) {
            return UserContext.ANONYMOUS;
        }
        Account account = login(plain.substring(0, colon), plain.substring(colon + 1), peer);
        return new UserContext(account.name(), account.roles(), "default");
    }

    /** @throws CouchError 401 for a wrong name or password, 403 for a locked account */
    public Account login(String name, String password, String peer) {
        Account account = account(name).orElseThrow(Authenticator::wrong);
        try {
            lockOut.check(peer, account);
        } catch (CouchError locked) {
            warn("rejected for locked-out", name, peer);
            throw locked;
        }
        String proof =
                Digests.hex("SHA-256", (account.credentials() + "\0" + password).getBytes(StandardCharsets.UTF_8));
        if (proof.equals(verified.get(name))) {
            return account;
        }
        if (!Passwords.verify(account.credentials(), password)) {
            lockOut.failed(peer, account);
            warn("failed for", name, peer);
            throw wrong();
        }
        if (verified.size() >= REMEMBERED) {
            verified.clear();
        }
        verified.put(name, proof);
        return account;
    }

    /** The account of a name. */
    public Optional<Account> account(String name) {
        return Account.find(name, databases, config);
    }

    private void warn(String what, String name, String peer) {
        warnings.accept("couch_httpd_auth: Authentication " + what + " user " + name + " from " + peer);
    }

    private static CouchError wrong() {
        return CouchError.unauthorized("Name or password is incorrect.");
    }
}
