package io.shopsync.provisioning.shop;

/** How far CouchDB has been made to match what is wished for a shop. */
public enum ShopStatus {
    /** The wish is stored and on its way. */
    REQUESTED,
    /** The orchestrator is at work. */
    PROVISIONING,
    /** The shop is as wished: its tills can sync. */
    READY,
    /** The orchestrator waits for a stated reason, and tries again by itself. */
    DELAYED,
    /** It cannot be made as wished; someone must act. */
    FAILED,
    /** Its logins are being refused. */
    SUSPENDING,
    /** Its logins are refused. */
    SUSPENDED,
    /** Its logins are being removed; its databases wait for the end of the grace period. */
    DELETING,
    /** Nothing of it is left in CouchDB. Its id is not given again. */
    DELETED;

    /** Whether nothing more happens to the shop until somebody asks for it. */
    public boolean isSettled() {
        return switch (this) {
            case READY, FAILED, SUSPENDED, DELETED -> true;
            case REQUESTED, PROVISIONING, DELAYED, SUSPENDING, DELETING -> false;
        };
    }
}
