package io.shopsync.couchdb.embedded.http;

import java.util.regex.Pattern;

/**
 * The address that a request is taken to come from. As in CouchDB, a peer with an address that is not public is taken for
 * a proxy, and the last address in its {@code X-Forwarded-For} is believed.
 */
final class Peer {

    /** RFC 1918, RFC 6598 and the one loopback address that CouchDB looks at. */
    private static final Pattern PROXY = Pattern.compile("10\\..*"
            + "|172\\.(1[6-9]|2\\d|3[01])\\..*"
            + "|100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*"
            + "|192\\.168\\..*"
            + "|127\\.0\\.0\\.1");

    private Peer() {}

    /** @param forwarded the header, or null */
    static String of(String address, String forwarded) {
        if (forwarded == null || forwarded.isBlank() || !PROXY.matcher(address).matches()) {
            return address;
        }
        return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }
}
