package io.shopsync.provisioning.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PasswordHashTest {

    private static final char[] PASSWORD = "correct horse battery".toCharArray();

    @Test
    void matchesItsPasswordAndNoOther() {
        // When
        var hash = PasswordHash.of(PASSWORD, 1000);
        // Then
        assertThat(hash.matches(PASSWORD)).isTrue();
        assertThat(hash.matches("correct horse batterz".toCharArray())).isFalse();
        assertThat(hash.matches(new char[0])).isFalse();
    }

    @Test
    void isAnotherForTheSamePasswordEachTime() {
        assertThat(PasswordHash.of(PASSWORD, 1000).hash())
                .isNotEqualTo(PasswordHash.of(PASSWORD, 1000).hash());
    }

    @Test
    void isNotShownNorIsThePassword() {
        assertThat(PasswordHash.of(PASSWORD, 1000)).hasToString("PasswordHash[redacted]");
        assertThat(new TokenRequest("anna", PASSWORD).toString()).doesNotContain("horse");
        assertThat(new AccountRequest("anna", PASSWORD, Set.of(Role.ADMIN), Set.of()).toString())
                .doesNotContain("horse");
        assertThat(new TokenView("ey.secret", "Bearer", Instant.EPOCH).toString())
                .doesNotContain("secret");
    }

    @Test
    void forgetsFailuresAfterASuccess() {
        // Given
        var logins = new FailedLogins(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        var attempt = new FailedLogins.Attempt("anna", "127.0.0.1");
        for (var i = 1; i < FailedLogins.FREE_ATTEMPTS; i++) {
            logins.failed(attempt);
        }
        // When
        logins.succeeded(attempt);
        logins.failed(attempt);
        // Then
        assertThat(logins.pause(attempt)).isEmpty();
    }

    @Test
    void letsOthersInWhileOneMustWait() {
        // Given
        var logins = new FailedLogins(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        var guesser = new FailedLogins.Attempt("anna", "10.0.0.1");
        // When
        for (var i = 0; i < FailedLogins.FREE_ATTEMPTS; i++) {
            logins.failed(guesser);
        }
        // Then
        assertThat(logins.pause(guesser)).contains(FailedLogins.PAUSE);
        assertThat(logins.pause(new FailedLogins.Attempt("anna", "10.0.0.2"))).isEmpty();
    }
}
