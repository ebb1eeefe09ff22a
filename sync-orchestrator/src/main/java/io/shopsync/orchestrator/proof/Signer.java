package io.shopsync.orchestrator.proof;

import jakarta.enterprise.context.ApplicationScoped;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Signs reports: the compact serialisation of a JSON Web Signature (RFC 7515), RS256, which OpenSSL verifies as it is. */
@ApplicationScoped
class Signer {

    private final ReportKeys keys;

    Signer(ReportKeys keys) {
        this.keys = keys;
    }

    String sign(String report) {
        var key = keys.current();
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        signature.setKeyIdHeaderValue(key.id());
        signature.setContentTypeHeaderValue("application/json");
        signature.setPayload(report);
        signature.setKey(key.key());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("a report cannot be signed", e);
        }
    }
}
