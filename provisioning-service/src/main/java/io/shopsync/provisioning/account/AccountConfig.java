package io.shopsync.provisioning.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** This service's own accounts. */
@ConfigMapping(prefix = "shopsync.accounts")
interface AccountConfig {

    /**
     * Whether this service keeps accounts and issues tokens. Switch it off where an OIDC provider does: its keys are
     * set with {@code mp.jwt.verify.publickey.location} and {@code mp.jwt.verify.issuer}.
     */
    @WithDefault("true")
    boolean enabled();

    /** How long a token is valid. */
    @WithDefault("1h")
    Duration tokenLife();

    /**
     * The private RSA key (PEM, PKCS #8) that signs tokens, as a {@code file:} URI. Without one, a key is made at the
     * first start and kept sealed in the database.
     */
    Optional<URI> signingKeyLocation();

    /** PBKDF2 iterations of account passwords; raise it as machines get faster, accounts follow at their next login. */
    @WithDefault("210000")
    int hashIterations();

    /** The first administrator. */
    BootstrapAdmin bootstrapAdmin();

    /** An account that is there from the start. */
    interface BootstrapAdmin {

        /** Its name. */
        @WithDefault("admin")
        String name();

        /** Its password; without one, no account is made. Changed here, it is changed at the next start. */
        Optional<String> password();
    }
}
