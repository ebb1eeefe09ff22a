package io.shopsync.orchestrator.reconcile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopDatabase;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.sync.SyncEvent.Repair;
import io.shopsync.orchestrator.desired.DesiredShop;
import io.shopsync.orchestrator.desired.ShopStatus;
import io.shopsync.orchestrator.desired.Wanted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What is wished for a shop, how far it is, and what CouchDB has of it at this moment. */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
@Schema(name = "ShopState")
public record StateView(ShopId shopId, String name, Wish wished, Progress progress, Observation observed) {

    /** How far CouchDB has followed the wish. */
    public enum Phase {
        /** Nobody has come to the wish yet. */
        QUEUED,
        /** Someone works on it now. */
        WORKING,
        /** Something stands in the way; it is tried again by itself. */
        WAITING,
        /** Something stands in the way that a person must remove. */
        FAILED,
        /** CouchDB matches the wish: tills can sync. */
        READY,
        /** CouchDB matches the wish: the logins are refused. */
        SUSPENDED,
        /** CouchDB matches the wish: the logins are gone, the databases closed or gone. */
        REMOVED
    }

    /**
     * What is wished.
     *
     * @param generation the number of the wish among the shop's
     * @param event the event that made it
     * @param retiredDatabases that left the catalogue: kept, closed to everyone but server admins
     * @param purgeAfter when the databases of a deleted shop are dropped
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "Wish")
    public record Wish(
            String state,
            long generation,
            UUID event,
            Instant at,
            SortedSet<DatabaseName> databases,
            SortedSet<DatabaseName> retiredDatabases,
            Optional<Instant> purgeAfter) {}

    /**
     * How far it is.
     *
     * @param generation the last wish that CouchDB was made to match
     * @param settledAt when CouchDB was last seen to match
     * @param attempt tries since the last wish, request or success
     * @param reason why it waits: a stable code
     * @param nextLookAt when the shop has its turn; absent where nothing is left to look after
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "Progress")
    public record Progress(
            Phase phase,
            long generation,
            Optional<Instant> settledAt,
            int attempt,
            Optional<String> reason,
            Optional<String> detail,
            Optional<Instant> nextLookAt) {}

    /**
     * What CouchDB has.
     *
     * @param differences the steps that would make it match the wish; none means that it does
     * @param unknownBecause why CouchDB could not be looked at; then nothing else is there
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @Schema(name = "Observation")
    public record Observation(
            Instant at,
            Optional<List<DatabaseView>> databases,
            Optional<List<LoginView>> logins,
            Optional<List<Repair>> differences,
            Optional<String> unknownBecause) {}

    /** A database of the shop's. */
    @Schema(name = "ObservedDatabase")
    public record DatabaseView(String name, boolean exists) {}

    /** A login of the shop's. */
    @Schema(name = "ObservedLogin")
    public record LoginView(String name, boolean exists) {}

    static StateView of(ShopStatus status, Observation observed) {
        var desired = status.desired();
        return new StateView(desired.shop(), desired.name(), wish(desired), progress(status), observed);
    }

    static Observation seen(ObservedShop shop, List<Step> differences, Instant at) {
        return new Observation(
                at,
                Optional.of(shop.databases().entrySet().stream()
                        .map(entry -> view(entry.getKey(), entry.getValue()))
                        .sorted((one, other) -> one.name().compareTo(other.name()))
                        .toList()),
                Optional.of(shop.logins().entrySet().stream()
                        .map(entry ->
                                new LoginView(entry.getKey(), entry.getValue().isPresent()))
                        .sorted((one, other) -> one.name().compareTo(other.name()))
                        .toList()),
                Optional.of(differences.stream().map(Reports::repair).toList()),
                Optional.empty());
    }

    static Observation unknown(String because, Instant at) {
        return new Observation(at, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(because));
    }

    private static DatabaseView view(ShopDatabase database, ObservedDatabase observed) {
        return new DatabaseView(database.physicalName(), observed instanceof ObservedDatabase.Present);
    }

    private static Wish wish(DesiredShop desired) {
        return new Wish(
                switch (desired.wanted()) {
                    case Wanted.Active _ -> "ACTIVE";
                    case Wanted.Suspended _ -> "SUSPENDED";
                    case Wanted.Deleted _ -> "DELETED";
                },
                desired.wish().generation(),
                desired.wish().event(),
                desired.wish().at(),
                desired.catalogue().current(),
                desired.catalogue().retired(),
                desired.wanted() instanceof Wanted.Deleted(var purgeAfter)
                        ? Optional.of(purgeAfter)
                        : Optional.empty());
    }

    private static Progress progress(ShopStatus status) {
        return new Progress(
                phase(status),
                status.observedGeneration(),
                status.settledAt(),
                status.attempt(),
                status.reason().map(ShopStatus.Reason::code),
                status.reason().map(ShopStatus.Reason::detail),
                status.nextLook());
    }

    private static Phase phase(ShopStatus status) {
        if (!status.settled()) {
            if (status.worker().isPresent()) {
                return Phase.WORKING;
            }
            if (status.failed()) {
                return Phase.FAILED;
            }
            return status.reason().isPresent() ? Phase.WAITING : Phase.QUEUED;
        }
        return switch (status.desired().wanted()) {
            case Wanted.Active _ -> Phase.READY;
            case Wanted.Suspended _ -> Phase.SUSPENDED;
            case Wanted.Deleted _ -> Phase.REMOVED;
        };
    }
}
