package io.shopsync.provisioning.account;

import io.shopsync.contracts.ShopId;
import io.shopsync.provisioning.platform.ShopIdText;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A new account.
 *
 * @param roles what it may do
 * @param shops the shops of an owner; others have none
 */
@Schema(name = "NewAccount")
@SuppressWarnings("ArrayRecordComponent") // a secret is characters, not a text; never compared
record AccountRequest(
        @NotNull
        @Pattern(regexp = NAME, message = NAME_RULE)
        @Schema(examples = "anna@acme", required = true, pattern = NAME)
        String name,

        @NotNull
        @Size(min = SHORTEST_PASSWORD, max = LONGEST_PASSWORD)
        @Schema(
                implementation = String.class,
                format = "password",
                required = true,
                minLength = SHORTEST_PASSWORD,
                maxLength = LONGEST_PASSWORD)
        char[] password,

        @NotNull @Size(min = 1) @Schema(required = true) Set<@NotNull Role> roles,

        @Size(max = 1000) @Schema(nullable = true) Set<@ShopIdText String> shops) {

    static final String NAME = "[a-z0-9][a-z0-9._@-]{0,79}";
    static final String NAME_RULE = "must be 1 to 80 of a-z, 0-9, '.', '_', '@' and '-', a letter or digit first";
    static final int SHORTEST_PASSWORD = 12;
    static final int LONGEST_PASSWORD = 200;

    /** Whether the shops fit the roles. */
    @AssertTrue(message = "an owner has shops, and nobody else has")
    @Schema(hidden = true)
    boolean isOwnerOfShops() {
        return roles == null || roles.contains(Role.OWNER) != (shops == null || shops.isEmpty());
    }

    Set<ShopId> ids() {
        return Optional.ofNullable(shops).orElse(Set.of()).stream()
                .map(ShopId::new)
                .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return "AccountRequest[name=" + name + ", roles=" + roles + ", shops=" + shops + ", password=redacted]";
    }
}
