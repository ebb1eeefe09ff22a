package io.shopsync.provisioning.account;

import com.fasterxml.jackson.annotation.JsonValue;
import io.shopsync.platform.Roles;

/** The roles an account may have. */
public enum Role {
    ADMIN(Roles.ADMIN),
    OPERATOR(Roles.OPERATOR),
    AUDITOR(Roles.AUDITOR),
    OWNER(Roles.OWNER);

    private final String claim;

    Role(String claim) {
        this.claim = claim;
    }

    /** The role as it stands in a token's {@code groups}. */
    @JsonValue
    public String claim() {
        return claim;
    }
}
