package io.shopsync.orchestrator.replication.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.1",
                "0.0.0.0",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "192.0.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1"
            })
    void addressesThatAreNotPublicAreRefused(String address) throws UnknownHostException {
        assertThat(Addresses.isPublic(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "8.8.8.8", "2606:4700:4700::1111", "2a00:1450::1"})
    void publicAddressesAreTaken(String address) throws UnknownHostException {
        assertThat(Addresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:5984",
                "https://2130706433/",
                "https://0x7f.1/",
                "https://[::1]:5984",
                "https://[::ffff:127.0.0.1]",
                "https://localhost:5984",
                "http://1.1.1.1",
                "https://name:word@1.1.1.1",
                "https://1.1.1.1/?q"
            })
    void urlsThatLeadInsideAreRefused(String url) {
        assertThatThrownBy(() -> new Addresses(new Rules(Optional.empty(), false)).require(URI.create(url)))
                .isInstanceOf(AddressNotAllowed.class);
    }

    @Test
    void onlyListedHostsAreTakenWhereThereIsAList() {
        var addresses = new Addresses(new Rules(Optional.of(Set.of("1.1.1.1", "*.shops.example")), true));
        assertThatCode(() -> addresses.require(URI.create("https://1.1.1.1"))).doesNotThrowAnyException();
        assertThatCode(() -> addresses.require(URI.create("https://a.SHOPS.example")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> addresses.require(URI.create("https://8.8.8.8")))
                .isInstanceOf(AddressNotAllowed.class);
        assertThatThrownBy(() -> addresses.require(URI.create("https://evilshops.example")))
                .isInstanceOf(AddressNotAllowed.class);
    }

    private record Rules(Optional<Set<String>> allowedHosts, boolean allowPrivate) implements EdgeConfig {
        @Override
        public Optional<List<String>> keys() {
            return Optional.empty();
        }

        @Override
        public Duration pollEvery() {
            return Duration.ofSeconds(10);
        }

        @Override
        public Duration longestPoll() {
            return Duration.ofMinutes(5);
        }

        @Override
        public int pollsAtOnce() {
            return 1;
        }

        @Override
        public int mostPerShop() {
            return 1;
        }
    }
}
