package io.shopsync.orchestrator.attempts;

import java.util.List;

/** Reads the lines of one log in their order. */
@FunctionalInterface
interface LogParser {

    /** What the next lines tell, together with those before. */
    List<Sighting> read(List<String> lines);
}
