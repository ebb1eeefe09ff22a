package io.shopsync.platform;

import io.shopsync.contracts.ShopId;
import java.util.UUID;
import org.jboss.logging.MDC;

/** The fixed keys of structured log lines. */
public final class LogKeys {

    /** The shop a line is about. */
    public static final String SHOP = "shop";

    /** The database a line is about. */
    public static final String DATABASE = "database";

    /** The id of the event being handled. */
    public static final String EVENT = "event";

    private LogKeys() {}

    /** Names the shop in all lines until closed. */
    public static Scope shop(ShopId shop) {
        return put(SHOP, shop.value());
    }

    /** Names the event in all lines until closed. */
    public static Scope event(UUID event) {
        return put(EVENT, event.toString());
    }

    private static Scope put(String key, String value) {
        var before = MDC.get(key);
        MDC.put(key, value);
        return () -> {
            if (before == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, before);
            }
        };
    }

    /** A stretch of work whose log lines carry a key. */
    @FunctionalInterface
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
