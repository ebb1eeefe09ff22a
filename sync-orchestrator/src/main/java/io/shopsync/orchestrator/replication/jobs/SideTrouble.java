package io.shopsync.orchestrator.replication.jobs;

import io.shopsync.couchdb.CouchException;
import io.shopsync.orchestrator.couchdb.CouchUnavailable;
import io.shopsync.orchestrator.replication.engine.Obstacle;
import io.shopsync.orchestrator.replication.engine.Way;
import io.shopsync.orchestrator.replication.protocol.Side;
import java.util.function.Supplier;

/** What one side of a pair answered instead of a result. */
final class SideTrouble extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Side side;
    private final transient RuntimeException reason;

    private SideTrouble(Side side, RuntimeException reason) {
        super(reason.getMessage(), reason, false, false);
        this.side = side;
        this.reason = reason;
    }

    /** Asks a side, whose server hears what fails. */
    static <T> T asking(Way way, Side side, Supplier<T> request) {
        try {
            return request.get();
        } catch (CouchException e) {
            (side == Side.SOURCE ? way.source() : way.target()).couch().tell(e);
            throw new SideTrouble(side, e);
        } catch (CouchUnavailable e) {
            throw new SideTrouble(side, e);
        }
    }

    Obstacle obstacle() {
        return Obstacle.of(side, reason);
    }
}
