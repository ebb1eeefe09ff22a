package io.shopsync.orchestrator.reconcile;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.shop.LoginKey;
import io.shopsync.couchdb.database.SecurityDocument;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.reconcile.ObservedDatabase.Missing;
import io.shopsync.orchestrator.reconcile.ObservedDatabase.Present;
import io.shopsync.orchestrator.security.SecurityPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What a planner's steps do to a CouchDB, in memory: enough to tell whether a plan leads where it should. */
final class ModelCouch {

    private final SecurityPolicy policy;
    private final Map<ShopDatabase, Present> databases = new HashMap<>();
    private final Map<String, ObjectNode> logins = new HashMap<>();
    private int revisions;

    ModelCouch(SecurityPolicy policy) {
        this.policy = policy;
    }

    /** A CouchDB where each part of the shop is missing, right, or wrong in some way. */
    static ModelCouch inAnyState(SecurityPolicy policy, DesiredShop shop, RandomGenerator random) {
        var couch = new ModelCouch(policy);
        shop.databases().forEach(database -> couch.anyDatabase(database, random));
        shop.logins().forEach(key -> couch.anyLogin(shop, key, random));
        return couch;
    }

    ObservedShop observe(DesiredShop shop) {
        var seen = new HashMap<ShopDatabase, ObservedDatabase>();
        shop.databases().forEach(database -> {
            var present = databases.get(database);
            seen.put(database, present == null ? new Missing() : present);
        });
        var users = new HashMap<String, Optional<ObjectNode>>();
        shop.logins().forEach(key -> users.put(key.login(), Optional.ofNullable(logins.get(key.login()))));
        return new ObservedShop(seen, users);
    }

    void apply(Step step) {
        switch (step) {
            case Step.CreateDatabase create -> {
                if (databases.putIfAbsent(
                                create.database(),
                                new Present(
                                        Optional.of(SecurityPolicy.CLOSED),
                                        Optional.empty(),
                                        SecurityPolicy.COUCHDBS_REVISIONS_LIMIT))
                        != null) {
                    throw new AssertionError(create + " exists");
                }
            }
            case Step.InstallGuard install -> install(install);
            case Step.SecureDatabase secure ->
                databases.computeIfPresent(
                        secure.database(),
                        (_, it) -> new Present(Optional.of(secure.wanted()), it.guard(), it.revisionsLimit()));
            case Step.LimitRevisions limit ->
                databases.computeIfPresent(
                        limit.database(), (_, it) -> new Present(it.security(), it.guard(), limit.limit()));
            case Step.DropDatabase drop -> databases.remove(drop.database());
            case Step.PutLogin put -> {
                requireRevision(
                        logins.get(put.login()),
                        Optional.ofNullable(put.document().get("_rev")).map(it -> it.asText()));
                logins.put(put.login(), put.document().deepCopy().put("_rev", nextRevision()));
            }
            case Step.RemoveLogin remove -> {
                requireRevision(logins.get(remove.login()), Optional.of(remove.revision()));
                logins.remove(remove.login());
            }
        }
    }

    Optional<SecurityDocument> security(ShopDatabase database) {
        return Optional.ofNullable(databases.get(database)).flatMap(Present::security);
    }

    boolean isGuarded(ShopDatabase database) {
        return databases
                .get(database)
                .guard()
                .filter(document -> policy.guard().isInstalled(database.shop(), document))
                .isPresent();
    }

    boolean exists(ShopDatabase database) {
        return databases.containsKey(database);
    }

    boolean admits(String login) {
        return logins.containsKey(login);
    }

    private void install(Step.InstallGuard install) {
        var before = databases.get(install.database());
        requireRevision(before.guard().orElse(null), install.replaces());
        var document = policy.guard().documentFor(install.database().shop());
        document.put("_rev", nextRevision());
        databases.put(
                install.database(), new Present(before.security(), Optional.of(document), before.revisionsLimit()));
    }

    private static void requireRevision(ObjectNode stored, Optional<String> given) {
        var current = Optional.ofNullable(stored)
                .map(document -> document.path("_rev").asText());
        if (!current.equals(given)) {
            throw new AssertionError("conflict: " + given + " where " + current + " stands");
        }
    }

    private void anyDatabase(ShopDatabase database, RandomGenerator random) {
        if (random.nextInt(4) > 0) {
            databases.put(
                    database,
                    new Present(anySecurity(database, random), anyGuard(database, random), random.nextInt(998, 1002)));
        }
    }

    private Optional<SecurityDocument> anySecurity(ShopDatabase database, RandomGenerator random) {
        return switch (random.nextInt(5)) {
            case 0 -> Optional.of(SecurityPolicy.CLOSED);
            case 1 -> Optional.of(policy.open(database.shop()));
            case 2 -> Optional.of(SecurityDocument.EMPTY);
            case 3 -> Optional.of(policy.open(Shops.OTHER));
            default -> Optional.empty();
        };
    }

    private Optional<ObjectNode> anyGuard(ShopDatabase database, RandomGenerator random) {
        var guard = policy.guard().documentFor(database.shop()).put("_rev", nextRevision());
        return switch (random.nextInt(4)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(guard);
            case 2 -> Optional.of(guard.put("validate_doc_update", "function () {}"));
            default -> Optional.of(guard.put("more", true));
        };
    }

    private void anyLogin(DesiredShop shop, LoginKey key, RandomGenerator random) {
        var document = io.shopsync.orchestrator.security.LoginDocument.of(shop.shop(), key)
                .put("_rev", nextRevision());
        switch (random.nextInt(5)) {
            case 0 -> {}
            case 1 -> logins.put(key.login(), document);
            case 2 -> {
                document.withArray("roles").add("_admin");
                logins.put(key.login(), document);
            }
            case 3 ->
                logins.put(key.login(), document.put("iterations", 600_000).put("derived_key", "rehashed"));
            default ->
                logins.put(key.login(), JsonNodeFactory.instance.objectNode().put("_rev", nextRevision()));
        }
    }

    private String nextRevision() {
        return ++revisions + "-model";
    }
}
