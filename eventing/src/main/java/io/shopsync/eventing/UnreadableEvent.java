package io.shopsync.eventing;

/** A message that is no event this version can read. It goes to the dead letters with this message as the reason. */
public final class UnreadableEvent extends Exception {

    private static final long serialVersionUID = 1L;

    public UnreadableEvent(String reason) {
        super(reason);
    }

    public UnreadableEvent(String reason, Throwable cause) {
        super(reason + ": " + firstLine(cause), cause);
    }

    private static String firstLine(Throwable cause) {
        var message = String.valueOf(cause.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
