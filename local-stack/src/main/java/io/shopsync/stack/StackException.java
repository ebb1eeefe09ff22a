package io.shopsync.stack;

/** Something a person can put right; the message says what, in one line. */
public final class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }
}
