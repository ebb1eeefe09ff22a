package io.shopsync.stack;

import java.nio.file.Path;

/** The JDK that runs this: what it starts runs on the same. */
final class Java {

    private Java() {}

    /** The {@code java} program. */
    static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
