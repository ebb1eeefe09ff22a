package io.shopsync.couchdb.embedded.config;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Settings, as {@code /_node/_local/_config} reads and writes them. Values are text; a reader says what it expects. */
public final class Config {
    private final Map<String, NavigableMap<String, String>> sections = new ConcurrentHashMap<>();

    public Optional<String> get(String section, String key) {
        return Optional.ofNullable(section(section).get(key));
    }

    public String get(String section, String key, String absent) {
        return get(section, key).orElse(absent);
    }

    public int number(String section, String key, int absent) {
        try {
            return get(section, key).map(Integer::parseInt).orElse(absent);
        } catch (NumberFormatException e) {
            return absent;
        }
    }

    public boolean flag(String section, String key, boolean absent) {
        return get(section, key).map("true"::equals).orElse(absent);
    }

    /** @return the value before */
    public Optional<String> set(String section, String key, String value) {
        return Optional.ofNullable(sections.computeIfAbsent(section, s -> new ConcurrentSkipListMap<>())
                .put(key, value));
    }

    /** @return the value before */
    public Optional<String> remove(String section, String key) {
        return Optional.ofNullable(section(section).remove(key));
    }

    public NavigableMap<String, String> section(String name) {
        return sections.getOrDefault(name, new TreeMap<>());
    }

    public NavigableMap<String, NavigableMap<String, String>> all() {
        return new TreeMap<>(sections);
    }
}
