package io.shopsync.system.deploy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A part of a YAML document; what is not there is empty. */
record Node(Object value) {

    Node get(String key) {
        return new Node(value instanceof Map<?, ?> map ? map.get(key) : null);
    }

    Stream<String> keys() {
        return value instanceof Map<?, ?> map ? map.keySet().stream().map(String::valueOf) : Stream.empty();
    }

    Stream<Node> items() {
        return value instanceof List<?> list ? list.stream().map(Node::new) : Stream.empty();
    }

    Optional<String> text() {
        return value instanceof Map || value instanceof List
                ? Optional.empty()
                : Optional.ofNullable(value).map(String::valueOf);
    }
}
