package io.shopsync.couchdb.embedded.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopsync.couchdb.embedded.wire.CouchError;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionCookieTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_795_447_027);

    @Test
    void trustsACookieThatCouchDbMadeWithTheSameSecretAndSalt() {
        // Given what CouchDB 3.5.0 answered with
        var cookie = SessionCookie.parse("em_DqTo2QjA0NThGMzqex0no-78SNUTBhZ3LuEYJhdXu2LJgCqxadvCtxcSDgQ");
        // Then
        assertThat(cookie.name()).isEqualTo("zoé");
        assertThat(cookie.isSignedWith("the-secret", "ff60ecc522dbba2793c0397a66bcca00"))
                .isTrue();
        assertThat(cookie.isSignedWith("the-secret", "another salt")).isFalse();
        assertThat(cookie.isSignedWith("another secret", "ff60ecc522dbba2793c0397a66bcca00"))
                .isFalse();
        assertThat(cookie.value()).isEqualTo("em_DqTo2QjA0NThGMzqex0no-78SNUTBhZ3LuEYJhdXu2LJgCqxadvCtxcSDgQ");
    }

    @Test
    void comesBackAsItWasMade() {
        var made = SessionCookie.make("a", NOW, "secret", "salt");
        assertThat(SessionCookie.parse(made.value())).isEqualTo(made);
        assertThat(made.isSignedWith("secret", "salt")).isTrue();
    }

    @Test
    void endsWithItsTime() {
        var made = SessionCookie.make("a", NOW, "secret", "salt");
        assertThat(made.isValidAt(NOW.plusSeconds(599), Duration.ofMinutes(10))).isTrue();
        assertThat(made.isValidAt(NOW.plusSeconds(600), Duration.ofMinutes(10))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "YQ", "YTpi", "YTp6ejp4"})
    void refusesWhatIsNoCookie(String value) {
        assertThatThrownBy(() -> SessionCookie.parse(value))
                .isInstanceOf(CouchError.class)
                .hasMessage("Malformed AuthSession cookie. Please clear your cookies.");
    }
}
