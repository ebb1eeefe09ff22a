package io.shopsync.stack.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.shopsync.contracts.ShopId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSignerTest {

    private final JwtKeys keys = JwtKeys.generate();

    @Test
    void carriesTheRoleAndTheShopsOfAnOwner() throws Exception {
        // When
        var token = new TokenSigner(keys).sign("ann", "owner", List.of(new ShopId("acme")), Duration.ofMinutes(5));
        // Then
        var claims = verifierOf(keys).processToClaims(token);
        assertThat(claims.getSubject()).isEqualTo("ann");
        assertThat(claims.getStringListClaimValue("groups")).containsExactly("owner");
        assertThat(claims.getStringListClaimValue("shops")).containsExactly("acme");
    }

    @Test
    void isRefusedWhenExpiredOrSignedByAnother() {
        var expired = new TokenSigner(keys).sign("ann", "admin", List.of(), Duration.ofMinutes(-5));
        var foreign = new TokenSigner(JwtKeys.generate()).sign("ann", "admin", List.of(), Duration.ofMinutes(5));
        assertThatThrownBy(() -> verifierOf(keys).processToClaims(expired)).isInstanceOf(InvalidJwtException.class);
        assertThatThrownBy(() -> verifierOf(keys).processToClaims(foreign)).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void keepsItsKeysInFilesThatOnlyThisUserReads(@TempDir Path folder) throws Exception {
        // When
        var made = JwtKeys.in(folder);
        // Then
        assertThat(JwtKeys.in(folder).privatePem()).isEqualTo(made.privatePem());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("jwt-private.pem"))))
                .isEqualTo("rw-------");
        assertThat(made.toString()).doesNotContain("BEGIN");
    }

    private static JwtConsumer verifierOf(JwtKeys keys) {
        return new JwtConsumerBuilder()
                .setVerificationKey(keys.publicKey())
                .setExpectedIssuer(TokenSigner.ISSUER)
                .setRequireExpirationTime()
                .build();
    }
}
