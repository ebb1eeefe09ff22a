package io.shopsync.audit.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.shopsync.audit.ledger.RecordedEvent;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventTypes;
import io.shopsync.contracts.isolation.IsolationEvent;
import io.shopsync.contracts.isolation.IsolationEvent.CheckVerdict;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import io.shopsync.eventing.EventJson;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says what an event means. */
final class Sentences {

    /** The parts of a type's name: {@code shopsync.sync.shop-provisioned.v1}. */
    private static final Pattern TYPE = Pattern.compile("(?:.*\\.)?(?<what>[^.]+)\\.v\\d+");

    private Sentences() {}

    /** The event as a sentence; one of a type that this version does not know is told by its type's name. */
    static String of(RecordedEvent event) {
        return decode(event).flatMap(Sentences::of).orElseGet(() -> byName(event.type()));
    }

    private static Optional<String> of(Event event) {
        return switch (event) {
            case ShopEvent shop -> Optional.of(shop(shop));
            case SyncEvent sync -> Optional.of(sync(sync));
            case IsolationEvent isolation -> Optional.of(isolation(isolation));
            default -> Optional.empty();
        };
    }

    private static String shop(ShopEvent event) {
        return switch (event) {
            case ShopEvent.Created created ->
                "Signed up as \"%s\" with %s.".formatted(created.name(), databases(created.databases()));
            case ShopEvent.SyncEnabled ignored -> "Sync was enabled.";
            case ShopEvent.SyncDisabled disabled -> "Sync was suspended: %s".formatted(ended(disabled.reason()));
            case ShopEvent.DatabasesChanged changed ->
                "The catalogue became %s.".formatted(databases(changed.databases()));
            case ShopEvent.CredentialsRotated ignored -> "The logins were given new passwords.";
            case ShopEvent.ConnectionShown shown ->
                "The passwords of %s were shown.".formatted(String.join(", ", shown.logins()));
            case ShopEvent.Deleted deleted ->
                "Deleted; its databases are kept until %s.".formatted(deleted.purgeAfter());
        };
    }

    private static String sync(SyncEvent event) {
        return switch (event) {
            case SyncEvent.ProvisioningStarted ignored -> "Provisioning started.";
            case SyncEvent.ShopProvisioned provisioned ->
                "Ready for its tills: %s."
                        .formatted(databases(provisioned.databases().stream()
                                .map(SyncEvent.DatabaseReady::name)
                                .toList()));
            case SyncEvent.ProvisioningDelayed delayed ->
                "Provisioning waits (%s, try %d, next at %s): %s"
                        .formatted(delayed.reason(), delayed.attempt(), delayed.retryAt(), ended(delayed.detail()));
            case SyncEvent.ProvisioningFailed failed ->
                "Provisioning failed (%s): %s".formatted(failed.reason(), ended(failed.detail()));
            case SyncEvent.ShopRemoved removed ->
                removed.databasesPurged()
                        ? "Its logins and databases are gone from CouchDB."
                        : "Its logins are gone from CouchDB; its databases are kept for now.";
            case SyncEvent.DriftRepaired drift ->
                "Put right %s: %s."
                        .formatted(
                                drift.place().isPresent() ? "at the standby" : "in CouchDB",
                                drift.repairs().stream()
                                        .map(repair -> words(repair.kind()) + " (" + repair.target() + ")")
                                        .collect(Collectors.joining(", ")));
            case SyncEvent.ShopSuspended ignored -> "Its logins are refused by CouchDB.";
            case SyncEvent.HealthChanged changed -> health(changed);
            case SyncEvent.EdgeSet edge ->
                "The edge %s at %s was set, to %s %s."
                        .formatted(
                                edge.edge(),
                                edge.url(),
                                switch (edge.direction()) {
                                    case PUSH -> "receive";
                                    case PULL -> "send";
                                    case BOTH -> "exchange";
                                },
                                edge.databases().isEmpty() ? "all databases" : databases(edge.databases()));
            case SyncEvent.EdgeRemoved edge -> "The edge %s was removed.".formatted(edge.edge());
            case SyncEvent.SyncCommanded commanded ->
                "Replication of %s%s was asked to %s."
                        .formatted(
                                commanded.database().map(DatabaseName::value).orElse("all databases"),
                                commanded
                                        .target()
                                        .map(target -> " with " + target)
                                        .orElse(""),
                                words(commanded.kind()));
        };
    }

    private static String health(SyncEvent.HealthChanged event) {
        var change = "Its sync became %s, after %s".formatted(words(event.now()), words(event.before()));
        return event.databases().isEmpty()
                ? change + "."
                : "%s (%s): %s.".formatted(change, event.reason(), databases(event.databases()));
    }

    private static String isolation(IsolationEvent event) {
        return switch (event) {
            case IsolationEvent.FindingRaised raised ->
                "%s, %s: %s%s%s Action: %s."
                        .formatted(
                                raised.finding().id(),
                                words(raised.severity()),
                                ended(raised.finding().meaning()),
                                raised.database()
                                        .map(database -> " In " + database + ".")
                                        .orElse(""),
                                raised.actor()
                                        .map(actor -> " By " + actor + ".")
                                        .orElse(""),
                                raised.action());
            case IsolationEvent.FindingEnded over ->
                "%s is over%s%s."
                        .formatted(
                                over.finding().id(),
                                over.database().map(name -> " in " + name).orElse(""),
                                Optional.ofNullable(over.details().get("requests"))
                                        .map(requests -> " after " + requests + " refused requests")
                                        .orElse(""));
            case IsolationEvent.QuarantineReleased released ->
                "A document was released from the quarantine into %s.".formatted(released.database());
            case IsolationEvent.QuarantineDiscarded discarded ->
                "A document found in %s was deleted from the quarantine%s"
                        .formatted(
                                discarded.database(),
                                discarded.reason().map(why -> ": " + ended(why)).orElse("."));
            case IsolationEvent.IsolationChecked checked ->
                checked.verdict() == CheckVerdict.GIVEN_UP
                        ? "A check of its isolation was given up."
                        : "Its isolation was checked: %s. %d of %d requests came out otherwise than they should."
                                .formatted(words(checked.verdict()), checked.unexpected(), checked.tried());
        };
    }

    private static Optional<Event> decode(RecordedEvent event) {
        return EventTypes.byName(event.type()).flatMap(type -> {
            try {
                var data = EventJson.mapper().readTree(event.data());
                withPlaceholders(data.path("logins"));
                return Optional.of(EventJson.mapper().treeToValue(data, type));
            } catch (JsonProcessingException e) {
                return Optional.empty();
            }
        });
    }

    /** The ledger holds no login's key, but the events' own types insist on one. */
    private static void withPlaceholders(JsonNode logins) {
        for (var login : logins) {
            if (login instanceof ObjectNode object) {
                object.put("salt", "").put("derivedKey", "");
            }
        }
    }

    private static String byName(String type) {
        var matcher = TYPE.matcher(type);
        var words = (matcher.matches() ? matcher.group("what") : type).replace('-', ' ');
        return "%s%s (%s).".formatted(words.substring(0, 1).toUpperCase(Locale.ROOT), words.substring(1), type);
    }

    private static String databases(Collection<DatabaseName> names) {
        var sorted = names.stream().sorted().map(DatabaseName::value).collect(Collectors.joining(", "));
        return names.size() == 1 ? "the database " + sorted : names.size() + " databases (" + sorted + ")";
    }

    private static String words(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String ended(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
