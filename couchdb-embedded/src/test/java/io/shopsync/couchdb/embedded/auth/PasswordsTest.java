package io.shopsync.couchdb.embedded.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    private final Config config = new Config();

    @Test
    void knowsThePasswordOfAUserThatCouchDbMade() {
        // Given a document read from CouchDB 3.5.0
        var user = object("""
                {"password_scheme":"pbkdf2","pbkdf2_prf":"sha256","salt":"ff60ecc522dbba2793c0397a66bcca00",
                 "iterations":600000,"name":"zoé","roles":["r"],"type":"user",
                 "derived_key":"5fc6ce9ea449aca15fbbd1eb6c0c6313748ba31a754ccee8f45e23d13bd8e683"}""");
        // Then
        assertThat(Passwords.verify(user, "pässwörd")).isTrue();
        assertThat(Passwords.verify(user, "passwort")).isFalse();
    }

    @Test
    void knowsKeysOfOlderCouchDbs() {
        // Given SHA-1 of password and salt, and PBKDF2 by a document that names no PRF
        var simple = object("{\"salt\":\"c0ffee\",\"password_sha\":\"0409ffcae6ea17489366f7220cca965604f321a2\"}");
        var unnamed = object("{\"salt\":\"c0ffee\",\"password_scheme\":\"pbkdf2\",\"iterations\":10,"
                + "\"derived_key\":\"3ac961a169cedf4cc52dbc935f5de17762013108\"}");
        // Then
        assertThat(Passwords.verify(simple, "oldpassword")).isTrue();
        assertThat(Passwords.verify(simple, "other")).isFalse();
        assertThat(Passwords.verify(unnamed, "oldpassword")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha", "sha224", "sha256", "sha384", "sha512"})
    void takesThePasswordItDerivedAKeyFrom(String prf) {
        // Given
        config.set("chttpd_auth", "pbkdf2_prf", prf);
        config.set("chttpd_auth", "iterations", "7");
        // When
        var user = Passwords.derive("", config);
        // Then
        assertThat(user.get("iterations").intValue()).isEqualTo(7);
        assertThat(Passwords.verify(user, "")).isTrue();
        assertThat(Passwords.verify(user, " ")).isFalse();
    }

    @Test
    void refusesAPseudoRandomFunctionThatCouchDbHasNot() {
        assertThatThrownBy(
                        () -> Passwords.verify(object("{\"password_scheme\":\"pbkdf2\",\"pbkdf2_prf\":\"md5\"}"), "x"))
                .isInstanceOf(CouchError.class)
                .hasMessage("PRF is invalid");
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) Json.parse(json);
    }
}
