package io.shopsync.orchestrator.replication.edge;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.sync.SyncEvent.EdgeDirection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A CouchDB of the shop's own.
 *
 * @param url base URL, without credentials
 * @param username of a server admin there where documents are pushed to it; else of whoever may read the databases
 * @param databases logical names of those that are exchanged; absent for all
 */
@Schema(name = "EdgeRequest")
record EdgeRequest(
        @NotNull
        @Size(max = 500)
        @Pattern(
                regexp = "https?://[^\\s@?#]+",
                message = "must be an http(s) URL without credentials, query or fragment")
        @Schema(required = true, examples = "https://couchdb.shop.example")
        String url,

        @NotNull
        @Size(min = 1, max = 128)
        @Pattern(regexp = "[^:\\p{Cntrl}]+", message = "must hold no colon")
        @Schema(required = true)
        String username,

        @NotNull @Size(min = 1, max = 256) @Schema(required = true, writeOnly = true)
        String password,

        @NotNull @Schema(required = true, examples = "both") Way direction,

        @Size(max = 50)
        Set<@Pattern(regexp = DatabaseName.PATTERN, message = "must be a database name") String> databases) {

    /** The words of the interface. */
    @Schema(
            enumeration = {"push", "pull", "both"},
            name = "EdgeDirection")
    enum Way {
        PUSH,
        PULL,
        BOTH;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Way of(String word) {
            return Arrays.stream(values())
                    .filter(it -> it.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such direction"));
        }

        EdgeDirection direction() {
            return switch (this) {
                case PUSH -> EdgeDirection.PUSH;
                case PULL -> EdgeDirection.PULL;
                case BOTH -> EdgeDirection.BOTH;
            };
        }
    }

    Set<DatabaseName> databaseNames() {
        return databases == null
                ? Set.of()
                : databases.stream().map(DatabaseName::new).collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return "EdgeRequest[url=" + url + ", username=" + username + ", password=redacted]";
    }
}
