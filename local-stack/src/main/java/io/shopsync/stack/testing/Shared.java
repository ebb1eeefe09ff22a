package io.shopsync.stack.testing;

import java.util.function.Supplier;

/**
 * What is made once a JVM. Quarkus loads test resources anew for each test profile, in class loaders of their own, so
 * statics do not last; system properties do.
 */
final class Shared {

    private static final String PREFIX = "shopsync.stack.shared.";

    private Shared() {}

    /** The value of that name, made at the first call in this JVM. */
    static String once(String name, Supplier<String> make) {
        // Interned strings are one object for all class loaders: a lock that spans them.
        synchronized ((PREFIX + name).intern()) {
            var made = System.getProperty(PREFIX + name);
            if (made == null) {
                made = make.get();
                System.setProperty(PREFIX + name, made);
            }
            return made;
        }
    }

    /** Closes a server when the JVM ends. */
    static void closeAtExit(AutoCloseable server) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                server.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }));
    }
}
