package io.shopsync.stack.cli;

import io.shopsync.stack.StackException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ./dev couchdb}. */
@Command(name = "couchdb", description = "Run the embedded CouchDB alone, until Ctrl-C.")
final class CouchdbCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        throw new StackException("the embedded CouchDB is not there yet");
    }
}
