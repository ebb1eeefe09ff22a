package io.shopsync.couchdb.embedded.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.1", "192.168.1.1", "100.64.0.1"})
    void believesTheLastAddressThatAProxyTells(String proxy) {
        assertThat(Peer.of(proxy, "203.0.113.9, 198.51.100.7 ")).isEqualTo("198.51.100.7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.2", "172.32.0.1", "172.15.0.1", "100.63.0.1", "100.128.0.1", "192.169.0.1", "::1"})
    void believesNobodyElse(String client) {
        assertThat(Peer.of(client, "198.51.100.7")).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,", "127.0.0.1,' '"})
    void isTheProxyItselfWhereItTellsNothing(String proxy, String forwarded) {
        assertThat(Peer.of(proxy, forwarded)).isEqualTo(proxy);
    }
}
