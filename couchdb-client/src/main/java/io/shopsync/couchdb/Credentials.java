package io.shopsync.couchdb;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who asks. The password is kept in the form it is sent in and shown to nobody. */
public final class Credentials {

    /** Nobody: requests carry no {@code Authorization}. */
    public static final Credentials ANONYMOUS = new Credentials("", null);

    private final String name;
    private final String authorization;

    private Credentials(String name, String authorization) {
        this.name = name;
        this.authorization = authorization;
    }

    /** HTTP Basic authentication; CouchDB forbids a colon in {@code name}. */
    public static Credentials basic(String name, String password) {
        if (name.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user name has no colon");
        }
        var pair = (name + ':' + password).getBytes(StandardCharsets.UTF_8);
        return new Credentials(name, "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** The login's name; empty for {@link #ANONYMOUS}. */
    public String name() {
        return name;
    }

    Optional<String> authorization() {
        return Optional.ofNullable(authorization);
    }

    @Override
    public String toString() {
        return authorization == null ? "anonymous" : "Credentials[" + name + ", redacted]";
    }
}
