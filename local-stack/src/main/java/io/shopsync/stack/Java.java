package io.shopsync.stack;

import java.nio.file.Path;

/** The JDK that runs this: what it starts runs on the same. */
final class Java {

    /**
     * The quick compiler alone: in the minutes and hours of trying out, what the optimizing one takes of a small machine
     * is more than it gives back (docs/benchmarks.md). Servers run with Java's defaults.
     */
    static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    private Java() {}

    /** The {@code java} program. */
    static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
