package io.shopsync.orchestrator.sync.device;

/** Which way a device copies, as the device sees it. A till that syncs both ways leaves a checkpoint for each. */
public enum DeviceDirection {
    /** It reads from the shop's database: how far behind it is can be told. */
    PULL,
    /** It writes to the shop's database. Its sequence is its own, so that only it knows what it has yet to write. */
    PUSH,
    /** Nothing tells yet. */
    UNKNOWN
}
