package io.shopsync.stack;

import io.shopsync.stack.process.PrivateFile;
import io.shopsync.stack.token.JwtKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Keys and passwords of one stack: made once, kept in files that only this user can read. */
public record Secrets(Path folder) {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The password of that name. */
    public String password(String name) {
        return new PrivateFile(folder.resolve(name + ".password"))
                .readOrMake(() -> Base64.getUrlEncoder().withoutPadding().encodeToString(random()));
    }

    /** The AES-256 key that seals shops' passwords at rest, in Base64. */
    public String sealingKey() {
        return new PrivateFile(folder.resolve("sealing.key"))
                .readOrMake(() -> Base64.getEncoder().encodeToString(random()));
    }

    /** The AES-256 key that seals edges' passwords at rest, in Base64. */
    public String edgeSealingKey() {
        return new PrivateFile(folder.resolve("edge-sealing.key"))
                .readOrMake(() -> Base64.getEncoder().encodeToString(random()));
    }

    /** The keys that sign and verify tokens. */
    public JwtKeys jwtKeys() {
        return JwtKeys.in(folder);
    }

    /** The file of the key that signs tokens. */
    public Path jwtPrivateKeyFile() {
        jwtKeys();
        return folder.resolve("jwt-private.pem");
    }

    /** The file of the key that verifies tokens. */
    public Path jwtPublicKeyFile() {
        jwtKeys();
        return folder.resolve("jwt-public.pem");
    }

    private static byte[] random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
