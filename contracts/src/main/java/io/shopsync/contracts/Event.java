package io.shopsync.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A fact about one shop, as it travels between services. Components of an event may be added, never renamed or
 * retyped; a change that breaks a reader is a new {@link EventType}.
 *
 * <p>Each family (one a topic) is a sealed interface of records; {@link EventTypes} knows the families.
 */
public interface Event {

    /** The shop the fact is about: the subject of the CloudEvent and the key of the Kafka record. */
    ShopId shop();

    /** The topic this family of events travels on. */
    @JsonIgnore
    Topic topic();
}
