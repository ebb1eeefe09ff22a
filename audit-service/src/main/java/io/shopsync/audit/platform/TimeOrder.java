package io.shopsync.audit.platform;

/** Which way a list in the order of time runs. */
public enum TimeOrder {
    /** Newest first. */
    DESC("<"),
    /** Oldest first. */
    ASC(">");

    private final String follows;

    TimeOrder(String follows) {
        this.follows = follows;
    }

    /** Goes on after the cursor, in this order, by the columns {@code time} and {@code id}. */
    public Select after(Select select, TimeCursor cursor) {
        return select.and("(time, id) " + follows + " (?, ?)", cursor.time(), cursor.id());
    }

    /** Cuts the list in this order. */
    public Select page(Select select, int rows) {
        return select.then("order by time " + name() + ", id " + name() + " limit ?", rows);
    }
}
