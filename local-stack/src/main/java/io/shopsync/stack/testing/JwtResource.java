package io.shopsync.stack.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.shopsync.stack.token.TokenSigner;
import java.util.Map;

/** Lets the application under test accept the tokens of {@link Tokens}; sets {@code mp.jwt.verify.*}. */
public final class JwtResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("mp.jwt.verify.publickey", Tokens.keys().publicPem(), "mp.jwt.verify.issuer", TokenSigner.ISSUER);
    }

    @Override
    public void stop() {
        // Nothing runs.
    }
}
