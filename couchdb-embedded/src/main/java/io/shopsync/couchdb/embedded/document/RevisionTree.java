package io.shopsync.couchdb.embedded.document;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * All revisions of a document that are known, each with its parent. Immutable. A tree is the union of the histories
 * merged into it, so the order of merges never shows: that is what makes replicas agree on winner, conflicts and leaves.
 */
public final class RevisionTree {
    public static final RevisionTree EMPTY = new RevisionTree(new TreeMap<>());

    /**
     * What is known of a revision.
     *
     * @param parent null for a root: a first revision, or one whose ancestors were cut or never seen
     * @param inner an ancestor of another revision, so no leaf
     * @param deleted a tombstone
     * @param body where the body is; 0 when only the name is known
     */
    public record Node(Revision parent, boolean inner, boolean deleted, long body) {
        private Node union(Node other) {
            boolean mine = body != 0;
            return new Node(
                    greater(parent, other.parent),
                    inner || other.inner,
                    mine ? deleted : other.deleted,
                    mine ? body : other.body);
        }

        /** Two histories of one revision cannot both be true: any choice will do that all replicas make alike. */
        private static Revision greater(Revision a, Revision b) {
            if (a == null || b == null) {
                return a == null ? b : a;
            }
            return a.compareTo(b) >= 0 ? a : b;
        }
    }

    private static final Comparator<Map.Entry<Revision, Node>> WINNING = Comparator.comparing(
                    (Map.Entry<Revision, Node> leaf) -> !leaf.getValue().deleted())
            .thenComparing(Map.Entry::getKey);

    private final NavigableMap<Revision, Node> nodes;

    private RevisionTree(NavigableMap<Revision, Node> nodes) {
        this.nodes = nodes;
    }

    /** A tree as {@link #all} told it. The map must not be changed any more. */
    public static RevisionTree of(NavigableMap<Revision, Node> nodes) {
        return new RevisionTree(nodes);
    }

    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    public Optional<Node> get(Revision revision) {
        return Optional.ofNullable(nodes.get(revision));
    }

    public boolean isLeaf(Revision revision) {
        Node node = nodes.get(revision);
        return node != null && !node.inner();
    }

    /** Whether a history is the first, or its newest revision grows from a leaf and is new: no conflict. */
    public boolean isExtendedBy(History history) {
        return history.revisions().stream()
                .filter(nodes::containsKey)
                .findFirst()
                .map(known -> isLeaf(known) && !known.equals(history.newest()))
                .orElse(isEmpty());
    }

    /** The union of this tree and a history whose newest revision has this body. */
    public RevisionTree merge(History history, boolean deleted, long body) {
        NavigableMap<Revision, Node> merged = new TreeMap<>(nodes);
        List<Revision> revisions = history.revisions();
        for (int i = 0; i < revisions.size(); i++) {
            Revision parent = i + 1 < revisions.size() ? revisions.get(i + 1) : null;
            Node seen = i == 0 ? new Node(parent, false, deleted, body) : new Node(parent, true, false, 0);
            merged.merge(revisions.get(i), seen, Node::union);
        }
        return new RevisionTree(merged);
    }

    /** The leaves in CouchDB's order of a tree: later roots first, then from the lowest branch to the highest. */
    public List<Revision> leaves() {
        if (nodes.size() == 1) {
            return List.of(nodes.firstKey());
        }
        Map<Revision, List<Revision>> children = new TreeMap<>();
        List<Revision> roots = new ArrayList<>();
        nodes.forEach((revision, node) -> {
            if (node.parent() == null || !nodes.containsKey(node.parent())) {
                roots.add(revision);
            } else {
                children.computeIfAbsent(node.parent(), p -> new ArrayList<>()).add(revision);
            }
        });
        List<Revision> leaves = new ArrayList<>();
        Deque<Revision> open = new ArrayDeque<>(roots);
        while (!open.isEmpty()) {
            Revision revision = open.removeLast();
            if (!nodes.get(revision).inner()) {
                leaves.add(revision);
            }
            List<Revision> next = children.getOrDefault(revision, List.of());
            open.addAll(next.reversed());
        }
        return leaves;
    }

    /** The leaves, the winner first: living before deleted, then by revision from high to low. */
    public List<Revision> ranked() {
        List<Map.Entry<Revision, Node>> leaves = new ArrayList<>();
        for (Map.Entry<Revision, Node> entry : nodes.entrySet()) {
            if (!entry.getValue().inner()) {
                leaves.add(entry);
            }
        }
        leaves.sort(WINNING.reversed());
        return leaves.stream().map(Map.Entry::getKey).toList();
    }

    /** @throws java.util.NoSuchElementException of an empty tree */
    public Revision winner() {
        return nodes.size() == 1 ? nodes.firstKey() : ranked().getFirst();
    }

    /** Whether no living leaf is left. */
    public boolean isDeleted() {
        return !isEmpty() && nodes.get(winner()).deleted();
    }

    /** A revision and its known ancestors, newest first. */
    public History history(Revision revision) {
        List<String> ids = new ArrayList<>();
        for (Revision at = revision;
                at != null && nodes.containsKey(at);
                at = nodes.get(at).parent()) {
            ids.add(at.id());
        }
        return new History(revision.generation(), ids);
    }

    /** The leaves that grew from a revision, itself if it is one: what {@code latest=true} asks for. */
    public List<Revision> latest(Revision revision) {
        return leaves().stream()
                .filter(leaf -> history(leaf).revisions().contains(revision))
                .toList();
    }

    /** Of these revisions, those that are not here. */
    public List<Revision> missing(Collection<Revision> asked) {
        return new TreeSet<>(asked)
                .stream().filter(revision -> !nodes.containsKey(revision)).toList();
    }

    /** Leaves that a missing revision may have grown from, the winner first. */
    public List<Revision> possibleAncestors(Collection<Revision> missing) {
        int highest = missing.stream().mapToInt(Revision::generation).max().orElse(0);
        return ranked().stream().filter(leaf -> leaf.generation() < highest).toList();
    }

    /** Without ancestors that are further from every leaf than the limit. */
    public RevisionTree stem(int limit) {
        if (nodes.size() <= limit) {
            return this;
        }
        return keep(leaves(), limit);
    }

    /** Without these leaves, and without what only led to them. Revisions that are no leaves are left alone. */
    public RevisionTree without(Collection<Revision> leaves) {
        List<Revision> kept = new ArrayList<>(leaves());
        kept.removeAll(new HashSet<>(leaves));
        return keep(kept, Integer.MAX_VALUE);
    }

    /** With the bodies of these revisions forgotten. */
    public RevisionTree forget(Set<Revision> bodies) {
        NavigableMap<Revision, Node> rest = new TreeMap<>(nodes);
        bodies.forEach(revision ->
                rest.computeIfPresent(revision, (r, node) -> new Node(node.parent(), node.inner(), node.deleted(), 0)));
        return new RevisionTree(rest);
    }

    /** Every revision with its node, from low to high. */
    public Map<Revision, Node> all() {
        return Collections.unmodifiableMap(nodes);
    }

    private RevisionTree keep(List<Revision> leaves, int depth) {
        NavigableMap<Revision, Node> kept = new TreeMap<>();
        for (Revision leaf : leaves) {
            List<Revision> path = history(leaf).revisions();
            path.subList(0, Math.min(depth, path.size())).forEach(revision -> kept.put(revision, nodes.get(revision)));
        }
        kept.replaceAll((revision, node) -> node.parent() == null || kept.containsKey(node.parent())
                ? node
                : new Node(null, node.inner(), node.deleted(), node.body()));
        return new RevisionTree(kept);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RevisionTree tree && nodes.equals(tree.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return nodes.toString();
    }
}
