package io.shopsync.provisioning.command;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.provisioning.platform.DatabaseNameText;
import io.shopsync.provisioning.platform.Limits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The databases a shop is to have.
 *
 * @param databases their logical names, all of them
 */
@Schema(name = "Databases")
record DatabasesRequest(
        @NotNull
        @Size(min = 1, max = Limits.DATABASES)
        @Schema(examples = "[\"products\",\"sales\",\"loyalty\"]", required = true)
        Set<@DatabaseNameText String> databases) {

    ShopCommand command() {
        return new ShopCommand.ChangeDatabases(
                databases.stream().map(DatabaseName::new).collect(Collectors.toSet()));
    }
}
