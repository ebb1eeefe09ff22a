package io.shopsync.provisioning.account;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.jwt.util.KeyUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;

/** The key pair that signs and verifies this service's tokens; there is none where accounts are switched off. */
@ApplicationScoped
class SigningKey {

    private final AccountConfig config;
    private final SigningKeyStore store;
    private Optional<Pair> pair = Optional.empty();

    SigningKey(AccountConfig config, SigningKeyStore store) {
        this.config = config;
        this.store = store;
    }

    void load(@Observes StartupEvent event) throws GeneralSecurityException, IOException {
        if (config.enabled()) {
            var location = config.signingKeyLocation();
            pair = Optional.of(Pair.of(location.isPresent() ? read(location.get()) : store.key()));
        }
    }

    Optional<Pair> pair() {
        return pair;
    }

    private static PrivateKey read(URI location) throws GeneralSecurityException, IOException {
        var path = location.getScheme() == null ? Path.of(location.getPath()) : Path.of(location);
        return KeyUtils.decodePrivateKey(Files.readString(path));
    }

    /**
     * A key with its public half.
     *
     * @param id the thumbprint of the public key (RFC 7638), the {@code kid} of its tokens
     */
    record Pair(String id, PrivateKey privateKey, RSAPublicKey publicKey) {

        static Pair of(PrivateKey key) throws GeneralSecurityException {
            if (!(key instanceof RSAPrivateCrtKey rsa)) {
                throw new GeneralSecurityException("the signing key must be an RSA key");
            }
            var publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            var id = new RsaJsonWebKey(publicKey).calculateBase64urlEncodedThumbprint("SHA-256");
            return new Pair(id, key, publicKey);
        }

        /** The public key as a JSON Web Key (RFC 7517). */
        Map<String, Object> jwk() {
            var jwk = new RsaJsonWebKey(publicKey);
            jwk.setKeyId(id);
            jwk.setUse("sig");
            jwk.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            return jwk.toParams(OutputControlLevel.PUBLIC_ONLY);
        }

        @Override
        public String toString() {
            return "Pair[id=" + id + "]";
        }
    }
}
