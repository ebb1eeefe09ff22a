package io.shopsync.couchdb.embedded.auth;

import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.identity.UserContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Sessions by cookie. Nothing is kept of them: a cookie is good for {@code [chttpd_auth] timeout} seconds, and is
 * renewed while it is used ({@code couch_httpd_auth:cookie_authentication_handler/1}).
 */
public final class Sessions {
    private static final String NAME = "AuthSession=";
    private static final DateTimeFormatter EXPIRES = DateTimeFormatter.ofPattern(
                    "EEE, dd-MMM-yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Config config;
    private final Clock clock;
    private final Function<String, Optional<Account>> accounts;

    Sessions(Config config, Clock clock, Function<String, Optional<Account>> accounts) {
        this.config = config;
        this.clock = clock;
        this.accounts = accounts;
    }

    /**
     * @param cookies the header, or null
     * @return whose session it is; empty without one that holds
     * @throws io.shopsync.couchdb.embedded.wire.CouchError 400 for a malformed one
     */
    Optional<UserContext> authenticate(String cookies) {
        return session(cookies)
                .flatMap(cookie -> accounts.apply(cookie.name())
                        .filter(account -> cookie.isSignedWith(secret(), account.salt())
                                && cookie.isValidAt(clock.instant(), timeout())))
                .map(account -> new UserContext(account.name(), account.roles(), "cookie"));
    }

    /** What {@code Set-Cookie} begins a session with. */
    public String begin(Account account) {
        return setCookie(SessionCookie.make(account.name(), clock.instant(), secret(), account.salt())
                .value());
    }

    /** What {@code Set-Cookie} ends a session with. */
    public String end() {
        return setCookie("");
    }

    /** What {@code Set-Cookie} goes on with; empty while the session is in its first tenth. */
    public Optional<String> renewal(String cookies) {
        return session(cookies)
                .filter(cookie -> !cookie.isValidAt(clock.instant(), timeout().dividedBy(10)))
                .flatMap(cookie -> accounts.apply(cookie.name()))
                .map(this::begin);
    }

    private static Optional<SessionCookie> session(String cookies) {
        return Arrays.stream(cookies == null ? new String[0] : cookies.split(";", -1))
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(NAME) && cookie.length() > NAME.length())
                .findFirst()
                .map(cookie -> SessionCookie.parse(cookie.substring(NAME.length())));
    }

    private String setCookie(String value) {
        Instant expires = clock.instant().plus(timeout());
        var cookie = new StringBuilder(NAME).append(value).append("; Version=1");
        if (config.flag("chttpd_auth", "allow_persistent_cookies", true)) {
            cookie.append("; Expires=").append(EXPIRES.format(expires));
            cookie.append("; Max-Age=").append(timeout().toSeconds());
        }
        cookie.append("; Path=/; HttpOnly");
        config.get("chttpd_auth", "cookie_domain")
                .ifPresent(domain -> cookie.append("; Domain=").append(domain));
        config.get("chttpd_auth", "same_site")
                .ifPresent(site -> cookie.append("; SameSite=").append(site));
        return cookie.toString();
    }

    private Duration timeout() {
        return Duration.ofSeconds(config.number("chttpd_auth", "timeout", 600));
    }

    /** Made once, if no one has set it: sessions end with the server then. */
    private synchronized String secret() {
        return config.get("chttpd_auth", "secret").orElseGet(() -> {
            var secret = UUID.randomUUID().toString().replace("-", "");
            config.set("chttpd_auth", "secret", secret);
            return secret;
        });
    }
}
