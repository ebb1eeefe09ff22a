package io.shopsync.eventing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The trace that something is part of, as W3C Trace Context writes it in {@code traceparent}: text that can be kept in a
 * row until the work is done that the trace goes on with.
 */
public final class TraceContext {

    /** The name of the header, in HTTP and in Kafka. */
    static final String HEADER = "traceparent";

    /** Version, trace, span and flags; a later version may go on after a further hyphen. */
    private static final Pattern FORMAT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private static final int LONGEST = 128;

    private TraceContext() {}

    /** That of the present thread's work; empty where nobody traces it. */
    public static Optional<String> current() {
        var carrier = new HashMap<String, String>();
        W3CTraceContextPropagator.getInstance().inject(Context.current(), carrier, HashMap::put);
        return Optional.ofNullable(carrier.get(HEADER));
    }

    /** That of a record; empty where it has none, or one that cannot be read. */
    public static Optional<String> of(ConsumerRecord<?, ?> record) {
        return Optional.ofNullable(record.headers().lastHeader(HEADER))
                .filter(header -> header.value() != null && header.value().length <= LONGEST)
                .map(header -> new String(header.value(), StandardCharsets.US_ASCII))
                .filter(text -> FORMAT.matcher(text).matches());
    }
}
