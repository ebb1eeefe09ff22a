package io.shopsync.provisioning.account;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A login. */
@Schema(name = "TokenRequest")
@SuppressWarnings("ArrayRecordComponent") // a secret is characters, not a text; never compared
record TokenRequest(
        @NotNull @Pattern(regexp = AccountRequest.NAME, message = AccountRequest.NAME_RULE)
        String name,

        @NotEmpty
        @Size(max = AccountRequest.LONGEST_PASSWORD)
        @Schema(implementation = String.class, format = "password")
        char[] password) {

    @Override
    public String toString() {
        return "TokenRequest[name=" + name + ", password=redacted]";
    }
}
