package io.shopsync.orchestrator.proof;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** How checks of isolation run, and what their reports are signed with. */
@ConfigMapping(prefix = "shopsync.proof")
public interface ProofConfig {

    /**
     * The file of the RSA key that signs reports, PKCS#8 as PEM. Without one, a key is made at the first use and kept in
     * this service's database, readable to whoever can read that: enough for trying, not for an auditor.
     */
    Optional<URI> signingKeyLocation();

    /** How many shops of a check are looked at side by side. */
    @WithDefault("4")
    int shopsAtOnce();

    /** How long a check may be without a sign of its worker before another takes it up where it stopped. */
    @WithDefault("30s")
    Duration lease();

    /** How often a check is taken up again after a failure before it counts as failed. */
    @WithDefault("5")
    int attempts();
}
