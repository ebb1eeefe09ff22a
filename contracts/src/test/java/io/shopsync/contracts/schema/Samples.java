package io.shopsync.contracts.schema;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.ShopId;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes a first golden file for a new event: every component present, always the same values. */
final class Samples {

    private static final Map<Class<?>, Object> VALUES = Map.ofEntries(
            Map.entry(ShopId.class, new ShopId("acme")),
            Map.entry(DatabaseName.class, new DatabaseName("sales")),
            Map.entry(Instant.class, Instant.parse("2026-03-01T09:30:00.250Z")),
            Map.entry(Duration.class, Duration.ofSeconds(90)),
            Map.entry(UUID.class, UUID.fromString("3f1c2b74-6d0e-4c6c-9a53-0b6a5f7d9e10")),
            Map.entry(boolean.class, true),
            Map.entry(Boolean.class, true),
            Map.entry(int.class, 3),
            Map.entry(Integer.class, 3),
            Map.entry(long.class, 4_200L),
            Map.entry(Long.class, 4_200L),
            Map.entry(double.class, 0.75),
            Map.entry(Double.class, 0.75));

    private Samples() {}

    static <T> T of(Class<T> type) {
        return type.cast(value(type, type.getSimpleName()));
    }

    private static Object value(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            return container((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), name);
        }
        var raw = (Class<?>) type;
        if (VALUES.containsKey(raw)) {
            return VALUES.get(raw);
        } else if (raw == String.class) {
            return name;
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[0];
        } else if (raw.isSealed()) {
            return value(raw.getPermittedSubclasses()[0], name);
        } else if (raw.isRecord()) {
            return record(raw);
        }
        throw new AssertionError("no sample for " + type + ": write the golden file by hand");
    }

    private static Object container(Class<?> raw, Type[] of, String name) {
        if (raw == Optional.class) {
            return Optional.of(value(of[0], name));
        } else if (raw == List.class) {
            return List.of(value(of[0], name));
        } else if (raw == Set.class) {
            return Set.of(value(of[0], name));
        } else if (raw == Map.class) {
            return Map.of(value(of[0], name), value(of[1], name));
        }
        throw new AssertionError("no sample for " + raw + ": write the golden file by hand");
    }

    private static Object record(Class<?> type) {
        var components = type.getRecordComponents();
        var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values = Arrays.stream(components)
                .map(component -> value(component.getGenericType(), component.getName()))
                .toArray();
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new AssertionError(type + " refuses its sample: write the golden file by hand", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " cannot be made", e);
        }
    }
}
