package io.shopsync.couchdb;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who asks. The password is kept in the form it is sent in and shown to nobody. */
public final class Credentials {

    /** Nobody: requests carry no {@code Authorization}. */
    public static final Credentials ANONYMOUS = new Credentials("", null);

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
                name, new Header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    /** A session that CouchDB has opened ({@link CouchServer#logIn}); it ends after minutes without a request. */
    static Credentials session(String name, String cookie) {
        return new Credentials(name, new Header("Cookie", cookie));
    }

    /** The login's name; empty for {@link #ANONYMOUS}. */
    public String name() {
        return name;
    }

    Optional<Header> header() {
        return Optional.ofNullable(header);
    }

    @Override
    public String toString() {
        return header == null ? "anonymous" : "Credentials[" + name + ", redacted]";
    }
}
