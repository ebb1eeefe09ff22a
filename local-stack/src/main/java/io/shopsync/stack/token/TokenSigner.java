package io.shopsync.stack.token;

import io.shopsync.contracts.ShopId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** Makes MicroProfile JWTs: roles in {@code groups}, an owner's shops in {@code shops}. */
public final class TokenSigner {

    /** The {@code iss} of every token made here: what the services expect unless they are told otherwise. */
    public static final String ISSUER = "https://shopsync.example/";

    private final JwtKeys keys;

    public TokenSigner(JwtKeys keys) {
        this.keys = keys;
    }

    /**
     * A signed token.
     *
     * @param name who the bearer is, shown in the ledger
     * @param role such as {@code admin} or {@code owner}
     * @param shops what an owner owns; empty for other roles
     * @param life how long the token is valid from now
     */
    public String sign(String name, String role, Collection<ShopId> shops, Duration life) {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(name);
        claims.setClaim("upn", name);
        claims.setGeneratedJwtId();
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(life.toMillis() / 60_000f);
        claims.setStringListClaim("groups", List.of(role));
        if (!shops.isEmpty()) {
            claims.setStringListClaim("shops", shops.stream().map(ShopId::value).toList());
        }
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(keys.privateKey());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setHeader("typ", "JWT");
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the token could not be signed", e);
        }
    }
}
