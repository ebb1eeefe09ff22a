package io.shopsync.orchestrator.proof;

import io.shopsync.orchestrator.platform.Jdbc;
import io.smallrye.jwt.util.KeyUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jose4j.jwk.RsaJsonWebKey;

/** The keys that reports are signed with. The public half of each is kept for good, so that old reports stay verifiable. */
@ApplicationScoped
class ReportKeys {

    private static final Logger LOG = Logger.getLogger(ReportKeys.class);
    private static final int BITS = 3072;

    private static final String MADE =
            "select private_key from report_key where private_key is not null order by made_at limit 1";
    private static final String LOCK = "lock table report_key in exclusive mode";
    private static final String KEEP =
            "insert into report_key (id, public_key, private_key) values (?, ?, ?) on conflict (id) do nothing";
    private static final String ALL = "select public_key from report_key order by made_at desc";

    private final ProofConfig config;
    private final Jdbc jdbc;

    ReportKeys(ProofConfig config, Jdbc jdbc) {
        this.config = config;
        this.jdbc = jdbc;
    }

    /**
     * A key with its public half.
     *
     * @param id the thumbprint of the public key (RFC 7638)
     */
    record Signing(String id, PrivateKey key, RSAPublicKey publicKey) {
        @Override
        public String toString() {
            return "Signing[id=" + id + ']';
        }
    }

    /** The key that reports are signed with now. */
    @Transactional
    Signing current() {
        try {
            return config.signingKeyLocation().isPresent() ? configured() : made();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the key that signs reports cannot be used: " + e.getMessage(), e);
        }
    }

    /** The public keys of all reports, the latest first. */
    @Transactional
    List<RSAPublicKey> all() {
        current();
        return jdbc.query(ALL, row -> publicKey(row.getString(1)));
    }

    @Transactional
    Optional<RSAPublicKey> find(String id) {
        return all().stream().filter(key -> id(key).equals(id)).findFirst();
    }

    private Signing configured() throws GeneralSecurityException, IOException {
        var location = config.signingKeyLocation().orElseThrow();
        var path = location.getScheme() == null ? Path.of(location.getPath()) : Path.of(location);
        var signing = signing(KeyUtils.decodePrivateKey(Files.readString(path)));
        keep(signing, null);
        return signing;
    }

    private Signing made() throws GeneralSecurityException {
        var stored = jdbc.first(MADE, row -> row.getString(1));
        if (stored.isEmpty()) {
            // Of two replicas that make one at the same time, the second finds the first's.
            jdbc.update(LOCK);
            stored = jdbc.first(MADE, row -> row.getString(1));
        }
        if (stored.isPresent()) {
            var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(stored.get()));
            return signing(KeyFactory.getInstance("RSA").generatePrivate(encoded));
        }
        LOG.warn("shopsync.proof.signing-key-location is not set: reports are signed with a key made for trying");
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        var signing = signing(generator.generateKeyPair().getPrivate());
        keep(signing, Base64.getEncoder().encodeToString(signing.key().getEncoded()));
        return signing;
    }

    private void keep(Signing signing, String privateKey) {
        jdbc.update(
                KEEP,
                signing.id(),
                Base64.getEncoder().encodeToString(signing.publicKey().getEncoded()),
                privateKey);
    }

    private static Signing signing(PrivateKey key) throws GeneralSecurityException {
        if (!(key instanceof RSAPrivateCrtKey rsa)) {
            throw new GeneralSecurityException("it must be an RSA key");
        }
        var publicKey = (RSAPublicKey) KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        return new Signing(id(publicKey), key, publicKey);
    }

    /** The thumbprint of a key (RFC 7638). */
    static String id(RSAPublicKey key) {
        return new RsaJsonWebKey(key).calculateBase64urlEncodedThumbprint("SHA-256");
    }

    /** A key as the text that OpenSSL reads. */
    static String pem(RSAPublicKey key) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(key.getEncoded());
        return "-----BEGIN PUBLIC KEY-----\n" + lines + "\n-----END PUBLIC KEY-----\n";
    }

    private static RSAPublicKey publicKey(String encoded) {
        try {
            var bytes = new X509EncodedKeySpec(Base64.getDecoder().decode(encoded));
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored public key cannot be read", e);
        }
    }
}
