package io.shopsync.couchdb.replicator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * A database that the replicator reads from or writes to: always by URL, as CouchDB 3 refuses local names.
 *
 * @param login the login and password, which CouchDB shows in clear to every server admin who reads the job
 */
public record Endpoint(URI url, Optional<Login> login) {

    public Endpoint {
        if (url.getRawUserInfo() != null) {
            throw new IllegalArgumentException("credentials stand beside the URL, not in it");
        }
        Objects.requireNonNull(login, "login");
    }

    /** Who the replicator is to the database. */
    public record Login(String name, String password) {
        @Override
        public String toString() {
            return "Login[" + name + ", redacted]";
        }
    }

    ObjectNode toJson() {
        var json = JsonNodeFactory.instance.objectNode().put("url", url.toString());
        login.ifPresent(l -> json.putObject("auth")
                .putObject("basic")
                .put("username", l.name())
                .put("password", l.password()));
        return json;
    }

    static Endpoint of(JsonNode json) {
        var basic = json.path("auth").path("basic");
        return new Endpoint(
                URI.create(json.path("url").asText(json.asText())),
                basic.isObject()
                        ? Optional.of(new Login(
                                basic.path("username").asText(),
                                basic.path("password").asText()))
                        : Optional.empty());
    }
}
