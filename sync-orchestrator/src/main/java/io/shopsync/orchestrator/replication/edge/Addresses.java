package io.shopsync.orchestrator.replication.edge;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which addresses an edge may have: none by which a shop could have us ask machines that are not its own. It is asked
 * when an edge is set and again before each use, because what a name resolves to may change in between.
 */
@ApplicationScoped
class Addresses {

    private final Optional<Set<String>> allowedHosts;
    private final boolean allowPrivate;

    Addresses(EdgeConfig config) {
        this.allowedHosts = config.allowedHosts();
        this.allowPrivate = config.allowPrivate();
    }

    /** @throws AddressNotAllowed where we must not ask there */
    void require(URI url) {
        var host = url.getHost();
        if (host == null || url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new AddressNotAllowed("An edge's URL is scheme, host, port and path alone.");
        }
        if (!"https".equals(url.getScheme()) && !(allowPrivate && "http".equals(url.getScheme()))) {
            throw new AddressNotAllowed("An edge is asked over https.");
        }
        if (allowedHosts
                .filter(hosts -> hosts.stream().noneMatch(rule -> matches(rule, host)))
                .isPresent()) {
            throw new AddressNotAllowed("The host is not among those that edges may be at.");
        }
        if (!allowPrivate && !Arrays.stream(resolved(host)).allMatch(Addresses::isPublic)) {
            throw new AddressNotAllowed("The host's address is not a public one.");
        }
    }

    private static InetAddress[] resolved(String host) {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new AddressNotAllowed("The host's name cannot be resolved.");
        }
    }

    private static boolean matches(String rule, String host) {
        var wanted = rule.toLowerCase(Locale.ROOT);
        var given = host.toLowerCase(Locale.ROOT);
        return wanted.startsWith("*.") ? given.endsWith(wanted.substring(1)) : given.equals(wanted);
    }

    /** Whether the address is of the public internet (IANA's special-purpose registries, RFC 6890 and its updates). */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return switch (address) {
            case Inet4Address four -> isPublic4(four.getAddress());
            case Inet6Address six -> isPublic6(six.getAddress());
            default -> false;
        };
    }

    private static boolean isPublic4(byte[] address) {
        int first = address[0] & 0xff;
        int second = address[1] & 0xff;
        int third = address[2] & 0xff;
        return first != 0
                && first != 10
                && first != 127
                && first < 224
                && !(first == 100 && second >= 64 && second < 128)
                && !(first == 169 && second == 254)
                && !(first == 172 && second >= 16 && second < 32)
                && !(first == 192 && second == 168)
                && !(first == 192 && second == 0 && (third == 0 || third == 2))
                && !(first == 198 && (second == 18 || second == 19))
                && !(first == 198 && second == 51 && third == 100)
                && !(first == 203 && second == 0 && third == 113);
    }

    /** Global unicast is 2000::/3; of it, what carries an IPv4 address may lead anywhere. */
    private static boolean isPublic6(byte[] address) {
        int first = (address[0] & 0xff) << 8 | (address[1] & 0xff);
        int second = (address[2] & 0xff) << 8 | (address[3] & 0xff);
        return (first & 0xe000) == 0x2000
                && first != 0x2002
                && !(first == 0x2001 && (second == 0 || second == 0xdb8 || second < 0x200));
    }
}
