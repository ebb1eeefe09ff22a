package io.shopsync.couchdb;

import io.shopsync.couchdb.replicator.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who asks. The password is kept in the form it is sent in and shown to nobody. */
public final class Credentials {

    /** Nobody: requests carry no {@code Authorization}. */
    public static final Credentials ANONYMOUS = new Credentials("", null);

    private static final String BASIC = "Basic ";

    private final String name;
    private final Header header;

    private Credentials(String name, Header header) {
        this.name = name;
        this.header = header;
    }

    /** What a request carries for them. */
    record Header(String name, String value) {
        @Override
        public String toString() {
            return name + ": redacted";
        }
    }

    /** HTTP Basic authentication; CouchDB forbids a colon in {@code name}. */
    public static Credentials basic(String name, String password) {
        if (name.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user name has no colon");
        }
        var pair = (name + ':' + password).getBytes(StandardCharsets.UTF_8);
        return new Credentials(
                name, new Header("Authorization", BASIC + Base64.getEncoder().encodeToString(pair)));
    }

    /** A session that CouchDB has opened ({@link CouchServer#logIn}); it ends after minutes without a request. */
    static Credentials session(String name, String cookie) {
        return new Credentials(name, new Header("Cookie", cookie));
    }

    /** The login's name; empty for {@link #ANONYMOUS}. */
    public String name() {
        return name;
    }

    /** Name and password, for CouchDB's replicator to log in with; empty for a session and for {@link #ANONYMOUS}. */
    Optional<Endpoint.Login> login() {
        return header().filter(it -> it.value().startsWith(BASIC))
                .map(it -> Base64.getDecoder().decode(it.value().substring(BASIC.length())))
                .map(pair -> new String(pair, StandardCharsets.UTF_8).substring(name.length() + 1))
                .map(password -> new Endpoint.Login(name, password));
    }

    Optional<Header> header() {
        return Optional.ofNullable(header);
    }

    @Override
    public String toString() {
        return header == null ? "anonymous" : "Credentials[" + name + ", redacted]";
    }
}
