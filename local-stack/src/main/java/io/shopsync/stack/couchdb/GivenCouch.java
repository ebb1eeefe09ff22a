package io.shopsync.stack.couchdb;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Somebody else's server. */
record GivenCouch(URI url, String username, String password) implements CouchServer {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * Checks that the server answers and takes the credentials.
     *
     * @param withCredentials {@code http://name:password@host:port}
     */
    static GivenCouch at(URI withCredentials) {
        var userInfo = withCredentials.getRawUserInfo();
        if (userInfo == null || userInfo.indexOf(':') < 1) {
            throw new IllegalStateException(
                    "COUCHDB_URL needs the credentials of a server admin: http://name:password@host:port");
        }
        var parts = userInfo.split(":", 2);
        var url = URI.create(withCredentials.getScheme() + "://" + withCredentials.getHost()
                + (withCredentials.getPort() < 0 ? "" : ":" + withCredentials.getPort())
                + withCredentials.getRawPath().replaceAll("/+$", ""));
        var given = new GivenCouch(url, decoded(parts[0]), decoded(parts[1]));
        given.start();
        return given;
    }

    @Override
    public Kind kind() {
        return Kind.GIVEN;
    }

    @Override
    public void start() {
        new Admin(url, username, password).awaitReady(PATIENCE, () -> true);
    }

    @Override
    public void stop() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return "CouchDB at " + url;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
