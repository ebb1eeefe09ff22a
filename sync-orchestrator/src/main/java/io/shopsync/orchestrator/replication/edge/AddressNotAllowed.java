package io.shopsync.orchestrator.replication.edge;

/** An edge's address is not one that we ask. The message is for whoever set it. */
final class AddressNotAllowed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AddressNotAllowed(String why) {
        super(why, null, false, false);
    }
}
