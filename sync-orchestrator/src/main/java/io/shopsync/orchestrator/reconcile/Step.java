package io.shopsync.orchestrator.reconcile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.couchdb.database.SecurityDocument;
import java.util.Optional;

/** One thing to do in CouchDB so that it matches what is wished. */
public sealed interface Step {

    /** A step on a database. Those on one database are taken in the plan's order; a failure ends their row. */
    sealed interface OnDatabase extends Step {
        ShopDatabase database();
    }

    /** A step on a login. */
    sealed interface OnLogin extends Step {
        String login();
    }

    /** Makes the database, which is closed to all but server admins until it is secured. */
    record CreateDatabase(ShopDatabase database) implements OnDatabase {}

    /**
     * Stores the guard.
     *
     * @param replaces revision of what stands in its place
     */
    record InstallGuard(ShopDatabase database, Optional<String> replaces) implements OnDatabase {}

    /** Sets who may use the database. */
    record SecureDatabase(ShopDatabase database, SecurityDocument wanted) implements OnDatabase {}

    /** Sets how many revisions of each document the database keeps the ids of. */
    record LimitRevisions(ShopDatabase database, int limit) implements OnDatabase {}

    /** Drops the database with all it holds. */
    record DropDatabase(ShopDatabase database) implements OnDatabase {}

    /**
     * Stores the login.
     *
     * @param document with the revision that it replaces, where there is one
     */
    record PutLogin(String login, ObjectNode document) implements OnLogin {
        @Override
        public String toString() {
            return "PutLogin[login=" + login + ", document=redacted]";
        }
    }

    /** Removes the login: its next request is refused. */
    record RemoveLogin(String login, String revision) implements OnLogin {}
}
