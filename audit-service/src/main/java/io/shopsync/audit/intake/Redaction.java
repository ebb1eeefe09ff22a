package io.shopsync.audit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Set;

/**
 * Removes from an event's data what the audit must never hold: keys and passwords of logins, and bodies of documents.
 * No event of ours carries a password or a body; this stands for the day on which one does by mistake.
 */
final class Redaction {

    /** Names of members that hold secrets, whatever their value; in lower case and without {@code _} and {@code -}. */
    private static final Set<String> SECRETS = Set.of(
            "derivedkey",
            "salt",
            "password",
            "passwd",
            "secret",
            "clientsecret",
            "token",
            "accesstoken",
            "authorization",
            "cookie",
            "credentials");

    /** Names of members that hold documents where their value is an object or an array; as a text they are an id. */
    private static final Set<String> BODIES = Set.of("attachments", "body", "doc", "docs", "document", "documents");

    private Redaction() {}

    /** Removes such members at any depth, in place. */
    static void apply(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(member -> mustNotBeKept(member.getKey(), member.getValue()));
        }
        node.forEach(Redaction::apply);
    }

    private static boolean mustNotBeKept(String name, JsonNode value) {
        var canonical = name.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
        return SECRETS.contains(canonical) || (value.isContainerNode() && BODIES.contains(canonical));
    }
}
