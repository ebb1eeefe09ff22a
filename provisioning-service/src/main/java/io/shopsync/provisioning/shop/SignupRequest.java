package io.shopsync.provisioning.shop;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import io.shopsync.provisioning.platform.DatabaseNameText;
import io.shopsync.provisioning.platform.Limits;
import io.shopsync.provisioning.platform.ShopIdText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a shop signs up with.
 *
 * @param shopId the id it wants
 * @param name what people call it
 * @param databases the logical names of its databases; the usual four where absent
 */
@Schema(name = "Signup")
record SignupRequest(
        @ShopIdText @Schema(examples = "acme", pattern = ShopId.PATTERN, required = true)
        String shopId,

        @NotBlank
        @Size(max = Limits.NAME)
        @Pattern(regexp = Limits.LINE, message = Limits.LINE_RULE)
        @Schema(examples = "Acme Groceries", maxLength = Limits.NAME, required = true)
        String name,

        @Size(min = 1, max = Limits.DATABASES) @Schema(examples = "[\"products\",\"sales\"]", nullable = true)
        Set<@DatabaseNameText String> databases) {

    ShopId id() {
        return new ShopId(shopId);
    }

    Set<DatabaseName> catalogue() {
        return Optional.ofNullable(databases)
                .map(names -> names.stream().map(DatabaseName::new).collect(Collectors.toSet()))
                .orElse(DatabaseName.DEFAULT_CATALOGUE);
    }

    /** All that the request says, in one way only. */
    String canonical() {
        return String.join("\n", shopId, name, new TreeSet<>(catalogue()).toString());
    }
}
