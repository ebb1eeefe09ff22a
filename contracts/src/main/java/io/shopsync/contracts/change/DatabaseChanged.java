package io.shopsync.contracts.change;

import io.shopsync.contracts.DatabaseName;
import io.shopsync.contracts.Event;
import io.shopsync.contracts.EventType;
import io.shopsync.contracts.ShopId;
import io.shopsync.contracts.Topic;

/** A database has changed since it was last looked at: a wake-up, which may be late or doubled, and no more. */
@EventType("shopsync.change.database-changed.v1")
public record DatabaseChanged(ShopId shop, DatabaseName database) implements Event {

    @Override
    public Topic topic() {
        return Topic.DATABASE_CHANGES;
    }
}
