package io.shopsync.contracts;

import io.shopsync.contracts.change.DatabaseChanged;
import io.shopsync.contracts.isolation.IsolationEvent;
import io.shopsync.contracts.metrics.SyncSample;
import io.shopsync.contracts.shop.ShopEvent;
import io.shopsync.contracts.sync.SyncEvent;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All event types there are, read off the sealed families, so that no record can be forgotten. */
public final class EventTypes {

    private static final List<Class<? extends Event>> FAMILIES =
            List.of(ShopEvent.class, SyncEvent.class, IsolationEvent.class, SyncSample.class, DatabaseChanged.class);

    private static final Map<String, Class<? extends Event>> BY_NAME = new TreeMap<>();

    static {
        FAMILIES.stream().flatMap(EventTypes::records).forEach(type -> {
            if (BY_NAME.put(nameOf(type), type) != null) {
                throw new IllegalStateException("two events have the type " + nameOf(type));
            }
        });
    }

    private EventTypes() {}

    /** The permanent type name of an event class. */
    public static String nameOf(Class<? extends Event> event) {
        var type = event.getAnnotation(EventType.class);
        if (type == null) {
            throw new IllegalStateException(event + " has no @EventType");
        }
        return type.value();
    }

    /** The class that reads events of this type; empty for a type this version does not know. */
    public static Optional<Class<? extends Event>> byName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Every type name with its class, in the order of names. */
    public static Map<String, Class<? extends Event>> all() {
        return Collections.unmodifiableMap(BY_NAME);
    }

    private static Stream<Class<? extends Event>> records(Class<? extends Event> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses())
                        .flatMap(permitted -> records(permitted.asSubclass(Event.class)))
                : Stream.of(type);
    }
}
