package io.shopsync.orchestrator.watch;

import java.util.Set;

/**
 * Databases that were found in CouchDB, whoever they belong to; told inside the service to whoever must know of
 * databases that no shop owns.
 *
 * @param names physical names
 * @param complete whether these are all there are, as a sweep finds them
 */
public record DatabasesSeen(Set<String> names, boolean complete) {}
