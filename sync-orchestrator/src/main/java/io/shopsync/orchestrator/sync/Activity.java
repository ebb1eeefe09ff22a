package io.shopsync.orchestrator.sync;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether documents move. */
@Schema(name = "SyncActivity")
public enum Activity {
    /** Something is being copied, or was a moment ago. */
    SYNCING,
    /** Nothing is. */
    IDLE
}
