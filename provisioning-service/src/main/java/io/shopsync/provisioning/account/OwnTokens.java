package io.shopsync.provisioning.account;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * Verifies the tokens that name this service's own key with that key, and all others as {@code mp.jwt.verify} is set:
 * the service need not fetch from itself what it knows.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class OwnTokens extends JWTCallerPrincipalFactory {

    private final JWTCallerPrincipalFactory others = new DefaultJWTCallerPrincipalFactory();
    private final SigningKey key;

    OwnTokens(SigningKey key) {
        this.key = key;
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo configured) throws ParseException {
        var own = key.pair().filter(pair -> pair.id().equals(keyId(token)));
        if (own.isEmpty()) {
            return others.parse(token, configured);
        }
        var context = new JWTAuthContextInfo(configured);
        context.setPublicKeyLocation(null);
        context.setPublicKeyContent(null);
        context.setPublicVerificationKey(own.get().publicKey());
        return others.parse(token, context);
    }

    /** The {@code kid} that a token claims to be signed with; null where it is no signed token. */
    private static String keyId(String token) {
        try {
            var signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            return signature.getKeyIdHeaderValue();
        } catch (JoseException e) {
            return null;
        }
    }
}
