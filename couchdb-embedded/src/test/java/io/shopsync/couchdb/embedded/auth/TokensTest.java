package io.shopsync.couchdb.embedded.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopsync.couchdb.embedded.config.Config;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.wire.CouchError;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String BOB = "{\"sub\":\"bob\",\"exp\":2000,\"_couchdb.roles\":[\"a\",\"b\"]}";

    private final Config config = new Config();
    private final Tokens tokens = new Tokens(config, Clock.fixed(Instant.ofEpochSecond(1000), ZoneOffset.UTC));

    @ParameterizedTest
    @ValueSource(strings = {"256", "384", "512"})
    void knowsWhoASharedSecretSpeaksFor(String size) throws Exception {
        // Given
        config.set("jwt_keys", "hmac:_default", Base64.getEncoder().encodeToString("secret".getBytes(UTF_8)));
        // Then
        assertThat(tokens.authenticate(hmac(size, "{\"alg\":\"HS" + size + "\"}", BOB, "secret")))
                .contains(new UserContext("bob", List.of("a", "b"), "jwt"));
        assertThatThrownBy(() -> tokens.authenticate(hmac(size, "{\"alg\":\"HS" + size + "\"}", BOB, "guess")))
                .isInstanceOf(CouchError.class)
                .hasMessage("Bad HMAC");
    }

    @ParameterizedTest
    @CsvSource({
        "RSA,1024,RS256,SHA256withRSA",
        "EC,256,ES256,SHA256withECDSAinP1363Format",
        "EC,384,ES384,SHA384withECDSAinP1363Format"
    })
    void knowsWhoAPrivateKeySpeaksFor(String type, int bits, String algorithm, String java) throws Exception {
        // Given a key as settings hold it, on one line
        KeyPair pair = keys(type, bits);
        var pem = "-----BEGIN PUBLIC KEY-----\\n"
                + Base64.getMimeEncoder()
                        .encodeToString(pair.getPublic().getEncoded())
                        .replace("\r\n", "\\n")
                + "\\n-----END PUBLIC KEY-----\\n";
        config.set("jwt_keys", (type.equals("EC") ? "ec" : "rsa") + ":till", pem);
        var header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"till\"}";
        // Then
        assertThat(tokens.authenticate(signed(java, pair, header, BOB)))
                .contains(new UserContext("bob", List.of("a", "b"), "jwt"));
        KeyPair another = keys(type, bits);
        assertThatThrownBy(() -> tokens.authenticate(signed(java, another, header, BOB)))
                .isInstanceOf(CouchError.class)
                .hasMessage("Bad signature");
    }

    /** The answers are CouchDB 3.5.0's. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"alg":"HS256"}            | {"sub":"b"}                                   | 400 | Missing exp claim
            {"alg":"HS256"}            | {"sub":"b","exp":1000}                        | 401 | exp not in future
            {"alg":"HS256"}            | {"exp":2000}                                  | 401 | Token missing sub claim.
            {"typ":"JWT"}              | {"sub":"b","exp":2000}                        | 400 | Missing alg header parameter
            {"alg":"none"}             | {"sub":"b","exp":2000}                        | 400 | Invalid alg header parameter
            {"alg":"HS256","kid":"zz"} | {"sub":"b","exp":2000}                        | 400 | Unknown kid
            {"alg":"RS256"}            | {"sub":"b","exp":2000}                        | 400 | Unknown kid
            {"alg":"HS256"}            | []                                            | 400 | Not an object
            {"alg":"HS256"}            | {"sub":"b","exp":2000,"_couchdb.roles":[1]}   | 400 | Malformed token
            """)
    void refusesAsCouchDbDoes(String header, String claims, int status, String reason) {
        config.set("jwt_keys", "hmac:_default", Base64.getEncoder().encodeToString("secret".getBytes(UTF_8)));
        assertThatThrownBy(() -> tokens.authenticate(hmac("256", header, claims, "secret")))
                .isInstanceOfSatisfying(
                        CouchError.class, error -> assertThat(error.status()).isEqualTo(status))
                .hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "a.b.c.d", "!!.!!.!!", "..", ""})
    void refusesWhatIsNoToken(String token) {
        assertThatThrownBy(() -> tokens.authenticate("Bearer " + token))
                .isInstanceOf(CouchError.class)
                .hasMessage("Malformed token");
    }

    @Test
    void findsRolesWhereSettingsSay() throws Exception {
        // Given
        config.set("jwt_keys", "hmac:_default", Base64.getEncoder().encodeToString("secret".getBytes(UTF_8)));
        config.set("jwt_auth", "roles_claim_path", "realm.my\\.app.roles");
        // When
        var claims = "{\"sub\":\"bob\",\"exp\":2000,\"realm\":{\"my.app\":{\"roles\":\"x , y\"}}}";
        // Then
        assertThat(tokens.authenticate(hmac("256", HS256, claims, "secret")))
                .hasValueSatisfying(user -> assertThat(user.roles()).containsExactly("x", "y"));
    }

    @Test
    void leavesOtherCredentialsToOthers() {
        assertThat(tokens.authenticate("Basic YTpi")).isEmpty();
    }

    private static String hmac(String size, String header, String claims, String secret) throws Exception {
        var mac = Mac.getInstance("HmacSHA" + size);
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA" + size));
        var message = message(header, claims);
        return "Bearer " + message + "." + encoded(mac.doFinal(message.getBytes(UTF_8)));
    }

    private static String signed(String algorithm, KeyPair pair, String header, String claims) throws Exception {
        var signer = Signature.getInstance(algorithm);
        signer.initSign(pair.getPrivate());
        var message = message(header, claims);
        signer.update(message.getBytes(UTF_8));
        return "Bearer " + message + "." + encoded(signer.sign());
    }

    private static KeyPair keys(String type, int bits) throws Exception {
        var generator = KeyPairGenerator.getInstance(type);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    private static String message(String header, String claims) {
        return encoded(header.getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
