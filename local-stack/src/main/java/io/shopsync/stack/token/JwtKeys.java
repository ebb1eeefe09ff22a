package io.shopsync.stack.token;

import io.shopsync.stack.process.PrivateFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * An RSA key pair that signs and verifies tokens.
 *
 * @param privateKey what {@link TokenSigner} signs with
 * @param publicKey what services verify with
 */
public record JwtKeys(PrivateKey privateKey, PublicKey publicKey) {

    private static final int BITS = 2048;
    private static final Base64.Encoder PEM_LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** New keys. */
    public static JwtKeys generate() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            return of(generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    /**
     * The keys kept in {@code folder} as {@code jwt-private.pem} and {@code jwt-public.pem}, made where they are
     * missing; only this user can read them.
     */
    public static JwtKeys in(Path folder) {
        var privateFile = new PrivateFile(folder.resolve("jwt-private.pem"));
        var publicFile = new PrivateFile(folder.resolve("jwt-public.pem"));
        if (privateFile.exists() && publicFile.exists()) {
            return parse(privateFile.read(), publicFile.read());
        }
        var keys = generate();
        privateFile.write(keys.privatePem());
        publicFile.write(keys.publicPem());
        return keys;
    }

    /** Reads what {@link #privatePem()} and {@link #publicPem()} wrote. */
    public static JwtKeys parse(String privatePem, String publicPem) {
        try {
            var factory = KeyFactory.getInstance("RSA");
            return new JwtKeys(
                    factory.generatePrivate(new PKCS8EncodedKeySpec(unPem(privatePem))),
                    factory.generatePublic(new X509EncodedKeySpec(unPem(publicPem))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a PEM key pair", e);
        }
    }

    /** The private key as PEM (PKCS #8). */
    public String privatePem() {
        return pem("PRIVATE KEY", privateKey.getEncoded());
    }

    /** The public key as PEM (X.509), for {@code mp.jwt.verify.publickey}. */
    public String publicPem() {
        return pem("PUBLIC KEY", publicKey.getEncoded());
    }

    @Override
    public String toString() {
        return "JwtKeys[redacted]";
    }

    private static JwtKeys of(KeyPair pair) {
        return new JwtKeys(pair.getPrivate(), pair.getPublic());
    }

    private static String pem(String label, byte[] encoded) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, PEM_LINES.encodeToString(encoded));
    }

    private static byte[] unPem(String pem) {
        return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    }
}
