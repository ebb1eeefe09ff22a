package io.shopsync.provisioning.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.shopsync.contracts.shop.LoginKey;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KeyDerivationTest {

    private static final Password KNOWN =
            Password.ofAscii("correct-horse-battery-staple-0123456789abcd".getBytes(StandardCharsets.US_ASCII));

    /** Computed with Python's hashlib, and accepted by CouchDB 3.5.0 in a {@code _users} document. */
    @Test
    void derivesTheKeyThatCouchDbDerives() {
        // When
        var key = KeyDerivation.derivedKey(KNOWN, "0123456789abcdef0123456789abcdef");
        // Then
        assertThat(key).isEqualTo("8894a3ce32f8143a7d478d283a6c07cddd048fe0e63c42c0c13bb785e9ec9cf9");
    }

    @Test
    void saltsEachKeyAnew() {
        // When
        var first = KeyDerivation.derive("login", LoginKey.Kind.SYNC, KNOWN);
        var second = KeyDerivation.derive("login", LoginKey.Kind.SYNC, KNOWN);
        // Then
        assertThat(first.salt()).matches("[0-9a-f]{32}").isNotEqualTo(second.salt());
        assertThat(first.derivedKey()).matches("[0-9a-f]{64}").isNotEqualTo(second.derivedKey());
        assertThat(first.derivedKey()).isEqualTo(KeyDerivation.derivedKey(KNOWN, first.salt()));
    }

    @Test
    void makesPasswordsOfThirtyTwoBytesThatUrlsCarryUnchanged() {
        // When
        var passwords = Stream.generate(Password::random)
                .limit(100)
                .map(Password::reveal)
                .toList();
        // Then
        assertThat(passwords).doesNotHaveDuplicates().allMatch(password -> password.matches("[A-Za-z0-9_-]{43}"));
    }

    @Test
    void showsNoPassword() {
        // Given
        var credential = new Credential("shop_acme_sync", LoginKey.Kind.SYNC, KNOWN);
        // When Then
        assertThat(credential.toString()).contains("shop_acme_sync").doesNotContain("horse");
        assertThat(KeyDerivation.derive("login", LoginKey.Kind.SYNC, KNOWN).toString())
                .contains("redacted");
    }
}
