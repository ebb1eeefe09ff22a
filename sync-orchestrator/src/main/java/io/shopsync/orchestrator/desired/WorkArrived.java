package io.shopsync.orchestrator.desired;

/** A shop has become due. Observed after the transaction's success, it wakes the workers of this process. */
public record WorkArrived() {}
