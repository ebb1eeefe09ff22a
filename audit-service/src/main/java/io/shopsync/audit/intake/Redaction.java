package io.shopsync.audit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes from an event's data what the audit must never hold: keys and passwords of logins, and bodies of documents.
 * No event of ours carries a password or a body; this stands for the day on which one does by mistake.
 */
final class Redaction {

    /** Names of members that hold secrets, whatever their value. */
    private static final Set<String> SECRETS = names(
            "derivedKey",
            "salt",
            "password",
            "passwd",
            "secret",
            "clientSecret",
            "token",
            "accessToken",
            "authorization",
            "cookie",
            "credentials");

    /** Names of members that hold documents where their value is an object or an array; as a text they are an id. */
    private static final Set<String> BODIES =
            names("_attachments", "attachments", "body", "doc", "docs", "document", "documents");

    private Redaction() {}

    /** Removes such members at any depth, in place. */
    static void apply(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(member -> mustNotBeKept(member.getKey(), member.getValue()));
        }
        if (node.isContainerNode()) {
            node.forEach(Redaction::apply);
        }
    }

    private static boolean mustNotBeKept(String name, JsonNode value) {
        return SECRETS.contains(name) || (value.isContainerNode() && BODIES.contains(name));
    }

    /** The names in any case, and with their words apart by underscores or hyphens too. */
    private static Set<String> names(String... names) {
        var spellings = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (var name : names) {
            spellings.add(name);
            spellings.add(name.replaceAll("(?=[A-Z])", "_"));
            spellings.add(name.replaceAll("(?=[A-Z])", "-"));
        }
        return spellings;
    }
}
