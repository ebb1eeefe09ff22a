package io.shopsync.couchdb.database;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who may use a database ({@code _security}). Two are equal when they grant the same, whatever the order of names.
 *
 * @param admins who may also write design documents and change this document
 * @param members who may read and write; where nobody is named, everybody may
 * @param other members of the document that CouchDB keeps and does not use
 */
public record SecurityDocument(
        Group admins,
        Group members,
        @JsonAnySetter @JsonAnyGetter Map<String, JsonNode> other) {

    /** Open to everybody: what {@code {}} means to CouchDB. */
    public static final SecurityDocument EMPTY = new SecurityDocument(Group.NOBODY, Group.NOBODY);

    /** Groups left out are read as empty. */
    public SecurityDocument {
        admins = Objects.requireNonNullElse(admins, Group.NOBODY);
        members = Objects.requireNonNullElse(members, Group.NOBODY);
        other = other == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(other));
    }

    public SecurityDocument(Group admins, Group members) {
        this(admins, members, Map.of());
    }

    /** Whether anonymous users may read and write: no member is named. */
    public boolean open() {
        return members.names().isEmpty() && members.roles().isEmpty();
    }

    /** Logins and roles. */
    public record Group(Set<String> names, Set<String> roles) {

        /** Names nobody. */
        public static final Group NOBODY = new Group(Set.of(), Set.of());

        /** Lists left out are read as empty; the order is alphabetical, so that the JSON is always the same. */
        public Group {
            names = sorted(names);
            roles = sorted(roles);
        }

        private static Set<String> sorted(Set<String> given) {
            return given == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(given));
        }
    }
}
