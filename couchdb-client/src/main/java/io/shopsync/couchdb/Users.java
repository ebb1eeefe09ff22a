package io.shopsync.couchdb;

import io.shopsync.couchdb.document.DocumentRow;
import io.shopsync.couchdb.document.WriteOutcome;
import io.shopsync.couchdb.user.UserDocument;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logins of a server; only server admins may use this. */
public final class Users {

    private final Database database;

    Users(Database database) {
        this.database = database;
    }

    /** A login; empty where there is none. */
    public Optional<UserDocument> get(String name) {
        return database.documents().get(UserDocument.ID_PREFIX + name).map(UserDocument::of);
    }

    /** Those of {@code names} that exist, by name, in one request. */
    public Map<String, UserDocument> get(Collection<String> names) {
        var users = LinkedHashMap.<String, UserDocument>newLinkedHashMap(names.size());
        var ids = names.stream().map(name -> UserDocument.ID_PREFIX + name).toList();
        for (var row : database.documents(ids)) {
            switch (row) {
                case DocumentRow.Present present ->
                    present.body().map(UserDocument::of).ifPresent(user -> users.put(user.name(), user));
                case DocumentRow.Deleted _, DocumentRow.Missing _ -> {}
            }
        }
        return users;
    }

    /** Writes a login and returns its new revision. */
    public String put(UserDocument user) {
        return database.documents().put(user.id(), user.toJson());
    }

    /** Writes many logins at once: a tenth of the cost of one by one. The outcomes are in their order. */
    public List<WriteOutcome> putAll(Collection<UserDocument> users) {
        return database.bulk().write(users.stream().map(UserDocument::toJson).toList());
    }

    /** Removes a login: its next request is refused, its open feeds live on. */
    public void delete(String name, String rev) {
        database.documents().delete(UserDocument.ID_PREFIX + name, rev);
    }
}
