package io.shopsync.orchestrator.sync;

import io.shopsync.contracts.sync.HealthReason;
import io.shopsync.contracts.sync.SyncHealth;
import io.shopsync.orchestrator.replication.pair.Pair;
import io.shopsync.orchestrator.replication.pair.PairId;
import io.shopsync.orchestrator.replication.pair.PairState;
import io.shopsync.orchestrator.sync.device.Device;
import io.shopsync.orchestrator.sync.device.LookConfig;
import io.shopsync.orchestrator.sync.device.Observation;
import io.shopsync.orchestrator.sync.health.Symptom;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All that is known of a shop's sync at one time, and what can be read off it. */
record ShopFacts(
        List<Observation> observations,
        List<Pair> pairs,
        Map<PairId, PairTrack> tracks,
        Instant now,
        LookConfig config) {

    /** A shop that does not sync, because it is not meant to. */
    static ShopFacts none(Instant now, LookConfig config) {
        return new ShopFacts(List.of(), List.of(), Map.of(), now, config);
    }

    /** What is not as it should be, however briefly. */
    List<Symptom> symptoms() {
        return Stream.concat(
                        observations.stream().flatMap(this::symptoms),
                        pairs.stream().flatMap(this::symptoms))
                .toList();
    }

    /** Whether something is on its way, so that the next look may find another health with nobody telling. */
    boolean inMotion() {
        return pairs.stream().anyMatch(pair -> pair.state() != PairState.IDLE && pair.state() != PairState.PAUSED)
                || observations.stream().anyMatch(it -> it.failure().isPresent());
    }

    /** Changes that the device or target farthest behind has yet to get. */
    long pending() {
        return Stream.concat(
                        devices().map(device -> device.pending().orElse(0L)),
                        pairs.stream().map(pair -> pair.pending().orElse(0)))
                .max(Long::compare)
                .orElse(0L);
    }

    /** What the device or target farthest behind has missed, in time. */
    Duration lag() {
        return Stream.concat(
                        observations.stream().flatMap(it -> counted(it).map(it::lag)),
                        tracks.values().stream()
                                .flatMap(track -> track.behindSince().stream().map(this::since)))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** When something was last brought where it should be. */
    Optional<Instant> lastSync() {
        return Stream.concat(
                        observations.stream()
                                .flatMap(it -> it.devices().stream())
                                .map(Device::movedAt),
                        pairs.stream().flatMap(pair -> pair.lastSync().stream()))
                .max(Comparator.naturalOrder());
    }

    /** How many devices fare so. */
    long devices(Device.State... states) {
        return observations.stream()
                .flatMap(it -> it.devices().stream().map(device -> it.state(device, now, config)))
                .filter(List.of(states)::contains)
                .count();
    }

    private Stream<Device> devices() {
        return observations.stream().flatMap(this::counted);
    }

    private Stream<Device> counted(Observation observation) {
        return observation.devices().stream()
                .filter(device -> observation.state(device, now, config) != Device.State.GONE);
    }

    private Stream<Symptom> symptoms(Observation observation) {
        var database = observation.database().name();
        var unreadable = observation.failure().stream()
                .map(failure -> new Symptom(
                        SyncHealth.FAILING,
                        // One failure is none yet, however long ago it was.
                        Duration.between(failure.since(), failure.at()),
                        HealthReason.DATABASE_UNREADABLE,
                        database));
        var readers = counted(observation)
                .filter(device -> device.pending().isPresent())
                .toList();
        var behind = readers.stream()
                .filter(device -> observation.state(device, now, config) == Device.State.STOPPED)
                .map(device ->
                        new Symptom(SyncHealth.LAGGING, observation.lag(device), HealthReason.DEVICE_BEHIND, database));
        var nobodyReads = readers.stream()
                .map(observation::lag)
                .min(Comparator.naturalOrder())
                .filter(Duration::isPositive)
                .map(least -> new Symptom(SyncHealth.STALLED, least, HealthReason.DEVICES_STOPPED, database));
        return Stream.of(unreadable, behind, nobodyReads.stream()).flatMap(symptoms -> symptoms);
    }

    private Stream<Symptom> symptoms(Pair pair) {
        var database = pair.id().database().name();
        var track = Optional.ofNullable(tracks.get(pair.id()));
        if (PairTrack.refuses(pair)) {
            return Stream.of(
                    new Symptom(SyncHealth.LAGGING, Symptom.FOR_GOOD, HealthReason.DOCUMENTS_REFUSED, database));
        }
        var failing = track.flatMap(PairTrack::failingSince);
        if (failing.isPresent()) {
            var lasting = pair.state() == PairState.FAILED ? Symptom.FOR_GOOD : since(failing.get());
            return Stream.of(new Symptom(SyncHealth.FAILING, lasting, HealthReason.REPLICATION_FAILING, database));
        }
        return track.stream()
                .flatMap(it -> it.behindSince().stream()
                        .flatMap(behind -> Stream.of(
                                new Symptom(
                                        SyncHealth.LAGGING, since(behind), HealthReason.REPLICATION_LAGGING, database),
                                new Symptom(
                                        SyncHealth.STALLED,
                                        since(behind.isAfter(it.movedAt()) ? behind : it.movedAt()),
                                        HealthReason.REPLICATION_STALLED,
                                        database))));
    }

    private Duration since(Instant time) {
        return time.isAfter(now) ? Duration.ZERO : Duration.between(time, now);
    }
}
