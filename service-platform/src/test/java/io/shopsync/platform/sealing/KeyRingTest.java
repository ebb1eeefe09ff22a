package io.shopsync.platform.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {

    private static final String OLD = "old:" + key(1);
    private static final String NEW = "new:" + key(2);
    private static final byte[] SECRET = "a password".getBytes(StandardCharsets.US_ASCII);

    @Test
    void opensWhatItSealed() {
        // Given
        var ring = KeyRing.parse(List.of(OLD));
        // When
        var sealed = ring.seal(SECRET, "acme", "login");
        // Then
        assertThat(ring.open(sealed, "acme", "login")).isEqualTo(SECRET);
        assertThat(new String(sealed.box(), StandardCharsets.ISO_8859_1)).doesNotContain("a password");
    }

    @Test
    void sealsTheSameSecretDifferentlyEachTime() {
        // Given
        var ring = KeyRing.parse(List.of(OLD));
        // When
        var first = ring.seal(SECRET, "acme");
        var second = ring.seal(SECRET, "acme");
        // Then
        assertThat(first.box()).isNotEqualTo(second.box());
    }

    @Test
    void doesNotOpenABoxThatWasMovedToAnotherOwner() {
        // Given
        var ring = KeyRing.parse(List.of(OLD));
        var sealed = ring.seal(SECRET, "acme", "login");
        // When Then
        assertThatIllegalStateException().isThrownBy(() -> ring.open(sealed, "other", "login"));
        assertThatIllegalStateException().isThrownBy(() -> ring.open(sealed, "acme", "other"));
    }

    @Test
    void doesNotOpenABoxThatWasTamperedWith() {
        // Given
        var ring = KeyRing.parse(List.of(OLD));
        var sealed = ring.seal(SECRET, "acme");
        // When
        sealed.box()[sealed.box().length - 1] ^= 1;
        // Then
        assertThatIllegalStateException().isThrownBy(() -> ring.open(sealed, "acme"));
    }

    @Test
    void sealsWithTheFirstKeyAndOpensWithAll() {
        // Given
        var before = KeyRing.parse(List.of(OLD)).seal(SECRET, "acme");
        // When
        var ring = KeyRing.parse(List.of(NEW, OLD));
        // Then
        assertThat(ring.open(before, "acme")).isEqualTo(SECRET);
        assertThat(ring.isStale(before)).isTrue();
        assertThat(ring.seal(SECRET, "acme").keyId()).isEqualTo("new");
    }

    @Test
    void saysWhichKeyIsMissing() {
        // Given
        var sealed = KeyRing.parse(List.of(OLD)).seal(SECRET, "acme");
        var ring = KeyRing.parse(List.of(NEW));
        // When Then
        assertThatIllegalStateException()
                .isThrownBy(() -> ring.open(sealed, "acme"))
                .withMessageContaining("old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nocolon", ":AAAA", "short:AAAA", "bad:not base64!", ""})
    void refusesAnEntryThatIsNoKeyWithoutShowingIt(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyRing.parse(List.of(entry)))
                .withMessageNotContainingAny("AAAA", "not base64!");
    }

    @Test
    void refusesTwoKeysOfOneId() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeyRing.parse(List.of(OLD, "old:" + key(3))));
    }

    @Test
    void showsNoKey() {
        assertThat(KeyRing.parse(List.of(OLD))).hasToString("KeyRing[old]");
        assertThat(KeyRing.parse(List.of(OLD)).seal(SECRET, "acme")).hasToString("Sealed[keyId=old, box=redacted]");
    }

    private static String key(int seed) {
        var bytes = new byte[32];
        bytes[0] = (byte) seed;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
