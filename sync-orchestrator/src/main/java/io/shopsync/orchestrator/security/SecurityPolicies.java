package io.shopsync.orchestrator.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the policy of the configuration. */
@ApplicationScoped
class SecurityPolicies {

    @Produces
    @Singleton
    SecurityPolicy policy(SecurityConfig config) {
        return new SecurityPolicy(config.shopAdmin(), new Guard(config.deletions()), config.revsLimit());
    }
}
