package io.shopsync.couchdb.embedded.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.couchdb.embedded.document.Attachment;
import io.shopsync.couchdb.embedded.document.Document;
import io.shopsync.couchdb.embedded.document.History;
import io.shopsync.couchdb.embedded.document.Revision;
import io.shopsync.couchdb.embedded.document.RevisionTree;
import io.shopsync.couchdb.embedded.document.StoredDocument;
import io.shopsync.couchdb.embedded.document.StoredDocument.View;
import io.shopsync.couchdb.embedded.identity.UserContext;
import io.shopsync.couchdb.embedded.wire.CouchError;
import io.shopsync.couchdb.embedded.wire.Json;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One batch of writes to one database, under its lock: first every document is checked against what is stored, then
 * those that passed are merged one by one. Source of the order and of the conflicts: {@code couch_db:update_docs/4} and
 * {@code couch_db_updater:merge_rev_tree/4}.
 */
final class Update {
    private final Database database;
    private final Documents documents;
    private final DocumentWriter writer;
    private final UserContext user;
    private final boolean newEdits;
    private final List<String> functions;
    private final boolean careful;
    private final long began;

    Update(Database database, UserContext user, boolean newEdits, List<Document> batch) {
        this.database = database;
        documents = database.documents();
        writer = database.writer();
        this.user = user;
        this.newEdits = newEdits;
        // CouchDB looks at what is stored before it merges only if there may be something to validate. Without, an
        // edit of a revision that it never saw is taken as the first one of a document.
        careful = !database.designs().validatorsAreKnown()
                || database.hook() != null
                || !database.designs().validators().isEmpty()
                || batch.stream().anyMatch(doc -> Document.isDesign(doc.id()) || hasAttachments(doc));
        functions = database.designs().validators();
        began = writer.state().sequence();
    }

    private static boolean hasAttachments(Document document) {
        return !document.attachments().isEmpty();
    }

    /** The outcomes in the order of the documents; null where {@code new_edits=false} had nothing to do. */
    List<Written> apply(List<Document> batch) {
        List<Integer> byId = IntStream.range(0, batch.size())
                .boxed()
                .sorted(Comparator.comparing(i -> batch.get(i).id()))
                .toList();
        Written[] outcomes = new Written[batch.size()];
        Document[] checked = new Document[batch.size()];
        for (int i : byId) {
            Document document = batch.get(i);
            try {
                checked[i] = Document.isLocal(document.id()) ? document : check(document);
            } catch (CouchError e) {
                outcomes[i] = refused(document, e);
            }
        }
        for (int i : byId) {
            if (checked[i] != null) {
                outcomes[i] = store(checked[i]);
            }
        }
        return Arrays.asList(outcomes);
    }

    /** A missing stub fails the whole batch, as it does in CouchDB; all else is the document's own affair. */
    private Written refused(Document document, CouchError error) {
        if (error.status() == 412) {
            throw error;
        }
        return Written.refused(
                document.id(), newEdits ? null : document.history().newest(), error);
    }

    /** The document with its stubs resolved, or null where there is nothing to do. */
    private Document check(Document document) {
        if (!careful) {
            return document;
        }
        Entry entry = documents.entry(document.id()).orElse(null);
        return newEdits ? checkEdit(document, entry) : checkReplica(document, entry);
    }

    private Document checkEdit(Document document, Entry entry) {
        History parent = document.history();
        StoredDocument previous = null;
        if (entry == null) {
            if (!parent.isEmpty()) {
                throw CouchError.conflict();
            }
        } else if (parent.isEmpty()) {
            if (!entry.tree().isDeleted()) {
                throw CouchError.conflict();
            }
        } else if (entry.tree().isLeaf(parent.newest())) {
            previous = documents.read(document.id(), entry, parent.newest()).orElse(null);
        } else {
            throw CouchError.conflict();
        }
        Document whole = resolveStubs(document, previous);
        StoredDocument old = previous;
        validate(whole, () -> old);
        return whole;
    }

    private Document checkReplica(Document document, Entry entry) {
        if (entry == null) {
            Document whole = resolveStubs(document, null);
            validate(whole, () -> null);
            return whole;
        }
        RevisionTree merged = entry.tree().merge(document.history(), document.deleted(), 0);
        Revision revision = document.history().newest();
        if (!merged.isLeaf(revision) || entry.tree().isLeaf(revision)) {
            return null;
        }
        StoredDocument previous = merged.history(revision).revisions().stream()
                .skip(1)
                .flatMap(ancestor -> documents.read(document.id(), entry, ancestor).stream())
                .findFirst()
                .orElse(null);
        Document whole = resolveStubs(document, previous);
        validate(whole, () -> previous);
        return whole;
    }

    private void validate(Document document, Supplier<StoredDocument> previous) {
        if (Document.isDesign(document.id())) {
            if (!database.security().isAdmin(user)) {
                throw Security.notAdmin(user);
            }
            if (!document.deleted()) {
                database.validation().checkDesign(document.body());
            }
            return;
        }
        if (functions.isEmpty() && database.hook() == null) {
            return;
        }
        StoredDocument old = previous.get();
        ObjectNode oldJson = old == null ? null : old.toNode(View.REVS);
        ObjectNode newJson = asShown(document);
        if (database.hook() != null) {
            database.hook().validate(newJson, oldJson, user, database.security().isAdmin(user));
        }
        ObjectNode userJson = Json.object().put("db", database.name());
        userJson.setAll(user.toJson());
        for (String function : functions) {
            database.validation()
                    .check(
                            function,
                            newJson,
                            oldJson,
                            userJson,
                            database.security().json());
        }
    }

    private static ObjectNode asShown(Document document) {
        ObjectNode json = Json.object().put("_id", document.id());
        if (!document.history().isEmpty()) {
            json.put("_rev", document.history().newest().toString());
        }
        json.setAll(document.body());
        if (document.deleted()) {
            json.put("_deleted", true);
        }
        if (!document.history().isEmpty()) {
            json.set("_revisions", document.history().toJson());
        }
        if (hasAttachments(document)) {
            ObjectNode attachments = json.putObject("_attachments");
            document.attachments()
                    .forEach(attachment -> attachments
                            .putObject(attachment.name())
                            .put("content_type", attachment.type())
                            .put("revpos", attachment.revpos())
                            .put("length", attachment.length())
                            .put("stub", true));
        }
        return json;
    }

    private static Document resolveStubs(Document document, StoredDocument previous) {
        if (document.attachments().stream().noneMatch(Attachment::isStub)) {
            return document;
        }
        return document.withAttachments(document.attachments().stream()
                .map(attachment -> attachment.isStub() ? resolve(document, attachment, previous) : attachment)
                .toList());
    }

    private static Attachment resolve(Document document, Attachment stub, StoredDocument previous) {
        return (previous == null ? List.<Attachment>of() : previous.attachments())
                .stream()
                        .filter(stored -> stored.name().equals(stub.name()))
                        .filter(stored -> stub.revpos() == null || stub.revpos().equals(stored.revpos()))
                        .findFirst()
                        .orElseThrow(() -> new CouchError(
                                412,
                                "missing_stub",
                                "Invalid attachment stub in " + document.id() + " for " + stub.name()));
    }

    private Written store(Document document) {
        if (Document.isLocal(document.id())) {
            return database.locals().write(document);
        }
        Entry entry = documents.entry(document.id()).orElse(null);
        RevisionTree tree = entry == null ? RevisionTree.EMPTY : entry.tree();
        return newEdits ? storeEdit(document, entry, tree) : storeReplica(document, entry, tree);
    }

    private Written storeEdit(Document document, Entry entry, RevisionTree tree) {
        Document edit = document.withAttachments(document.attachments().stream()
                .map(attachment -> attachment.content() == null
                        ? attachment
                        : attachment.withRevpos(document.history().generation() + 1))
                .toList());
        History parent = edit.history();
        if (tree.isDeleted()) {
            // Made anew on top of its tombstone, so that replicas see one line of history.
            if (!parent.isEmpty() || edit.deleted()) {
                return refused(document, CouchError.conflict());
            }
            parent = tree.history(tree.winner());
        }
        History history = parent.followedBy(edit.revisionId(parent));
        if (!tree.isExtendedBy(history)) {
            return refused(document, CouchError.conflict());
        }
        writer.merge(edit.withHistory(history), entry, tree, began);
        return Written.ok(edit.id(), history.newest());
    }

    private Written storeReplica(Document document, Entry entry, RevisionTree tree) {
        writer.merge(document, entry, tree, began);
        return null;
    }
}
