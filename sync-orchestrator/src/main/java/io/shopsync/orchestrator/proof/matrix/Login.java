package io.shopsync.orchestrator.proof.matrix;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** By whom a request is sent; nobody where empty. */
public record Login(Optional<String> name, Optional<String> password) {

    /** Nobody. */
    public static final Login NOBODY = new Login(Optional.empty(), Optional.empty());

    public static Login of(String name, String password) {
        return new Login(Optional.of(name), Optional.of(password));
    }

    Optional<String> authorization() {
        return name.map(it -> it + ':' + password.orElse(""))
                .map(text -> "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "Login[" + name.orElse("nobody") + ", redacted]";
    }
}
