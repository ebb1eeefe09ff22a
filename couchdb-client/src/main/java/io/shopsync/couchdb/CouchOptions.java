package io.shopsync.couchdb;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a CouchDB is, who asks, and how long it may take.
 *
 * @param url the server's base URL, without user information, query or trailing slash
 * @param credentials who asks
 * @param connectTimeout until a connection stands
 * @param requestTimeout until a whole answer is there; for a streamed answer, until its first bytes
 * @param idleTimeout the longest silence inside a streamed answer, and the longest until the answer of a bulk request
 * @param heartbeat how often a continuous feed must show a sign of life; it counts as dead after three times this
 */
public record CouchOptions(
        URI url,
        Credentials credentials,
        Duration connectTimeout,
        Duration requestTimeout,
        Duration idleTimeout,
        Duration heartbeat) {

    /** @throws IllegalArgumentException where the URL is not http(s) or holds more than scheme, host, port and path */
    public CouchOptions {
        Objects.requireNonNull(credentials, "credentials");
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException("a CouchDB's URL is http or https");
        }
        if (url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || url.getRawFragment() != null) {
            throw new IllegalArgumentException("a CouchDB's URL is scheme, host, port and path alone");
        }
        url = withoutTrailingSlash(url);
        positive(connectTimeout, "connectTimeout");
        positive(requestTimeout, "requestTimeout");
        positive(idleTimeout, "idleTimeout");
        positive(heartbeat, "heartbeat");
    }

    /**
     * The defaults for a server: 5 s to connect, 30 s a request, 60 s of silence in a stream, a heartbeat every 15 s.
     *
     * @param url may hold the credentials, {@code http://name:password@host:5984}
     */
    public static CouchOptions of(String url) {
        URI given;
        try {
            given = URI.create(url);
        } catch (IllegalArgumentException _) {
            // The cause would repeat the URL, and with it a password.
            throw new IllegalArgumentException("not a URL");
        }
        return new CouchOptions(
                withoutUserInfo(given),
                credentialsIn(given),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(15));
    }

    /** The same server, asked by another login. */
    public CouchOptions withCredentials(Credentials other) {
        return new CouchOptions(url, other, connectTimeout, requestTimeout, idleTimeout, heartbeat);
    }

    /** The same with another limit for a whole answer. */
    public CouchOptions withRequestTimeout(Duration other) {
        return new CouchOptions(url, credentials, connectTimeout, other, idleTimeout, heartbeat);
    }

    /** The same with another limit for silence in a streamed or bulk answer. */
    public CouchOptions withIdleTimeout(Duration other) {
        return new CouchOptions(url, credentials, connectTimeout, requestTimeout, other, heartbeat);
    }

    /** The same with another heartbeat of continuous feeds. */
    public CouchOptions withHeartbeat(Duration other) {
        return new CouchOptions(url, credentials, connectTimeout, requestTimeout, idleTimeout, other);
    }

    private static URI withoutUserInfo(URI url) {
        var userInfo = url.getRawUserInfo();
        return userInfo == null ? url : URI.create(url.toString().replace(userInfo + '@', ""));
    }

    private static Credentials credentialsIn(URI url) {
        var userInfo = url.getRawUserInfo();
        if (userInfo == null) {
            return Credentials.ANONYMOUS;
        }
        var colon = userInfo.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("a URL that names a user also holds the password");
        }
        return Credentials.basic(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static URI withoutTrailingSlash(URI url) {
        var text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }

    private static void positive(Duration value, String name) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than nothing");
        }
    }
}
