package io.shopsync.couchdb.server;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Who CouchDB takes the asker for. */
public record Session(@JsonProperty("userCtx") UserContext user) {

    /**
     * @param name empty for nobody
     * @param roles {@code _admin} among them for a server admin
     */
    public record UserContext(Optional<String> name, Set<String> roles) {
        public UserContext {
            name = Objects.requireNonNullElse(name, Optional.empty());
            roles = roles == null ? Set.of() : Set.copyOf(roles);
        }
    }
}
