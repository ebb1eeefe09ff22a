package io.shopsync.couchdb.embedded.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * A revision and its ancestors as far as they are known: what {@code _revisions} says.
 *
 * @param generation of the newest
 * @param ids newest first; empty for a document that has no revision yet
 */
public record History(int generation, List<String> ids) {
    public static final History NONE = new History(0, List.of());

    public History {
        ids = List.copyOf(ids);
    }

    public static History of(Revision revision) {
        return new History(revision.generation(), List.of(revision.id()));
    }

    public boolean isEmpty() {
        return ids.isEmpty();
    }

    public Revision newest() {
        return new Revision(generation, ids.getFirst());
    }

    /** One generation more. */
    public History followedBy(String id) {
        List<String> longer = new ArrayList<>(ids.size() + 1);
        longer.add(id);
        longer.addAll(ids);
        return new History(generation + 1, longer);
    }

    /** Newest first. */
    public List<Revision> revisions() {
        List<Revision> revisions = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            revisions.add(new Revision(generation - i, ids.get(i)));
        }
        return revisions;
    }

    /** {@code {"start":…,"ids":[…]}} */
    public ObjectNode toJson() {
        ObjectNode json = Json.object().put("start", generation);
        ids.forEach(json.putArray("ids")::add);
        return json;
    }
}
