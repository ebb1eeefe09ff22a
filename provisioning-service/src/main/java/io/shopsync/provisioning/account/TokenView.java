package io.shopsync.provisioning.account;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A token.
 *
 * @param token to be sent as {@code Authorization: Bearer …}
 * @param type always {@code Bearer}
 */
@Schema(name = "Token")
record TokenView(String token, String type, Instant expiresAt) {

    @Override
    public String toString() {
        return "TokenView[token=redacted, expiresAt=" + expiresAt + "]";
    }
}
