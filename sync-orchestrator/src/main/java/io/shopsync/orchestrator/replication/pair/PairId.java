package io.shopsync.orchestrator.replication.pair;

import io.shopsync.contracts.ShopDatabase;
import java.util.Objects;

/**
 * One way that documents go.
 *
 * @param target {@link #STANDBY}, or the name of one of the shop's edges
 */
public record PairId(ShopDatabase database, String target, Direction direction) {

    /** The target that all shops have, where there is one. */
    public static final String STANDBY = "standby";

    public PairId {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(direction, "direction");
    }

    /** The way of a database to the standby. */
    public static PairId toStandby(ShopDatabase database) {
        return new PairId(database, STANDBY, Direction.PUSH);
    }

    @Override
    public String toString() {
        return switch (direction) {
            case PUSH -> database + " to " + target;
            case PULL -> database + " from " + target;
        };
    }
}
