package io.shopsync.provisioning.platform;

/** How much a shop may ask for. */
public final class Limits {

    /** Databases of a shop: each costs CouchDB some 20 KB and a share of every sweep. */
    public static final int DATABASES = 20;

    /** Characters of a shop's name. */
    public static final int NAME = 120;

    /** Text on one line: neither control characters nor halves of characters, which Postgres and UTF-8 do not have. */
    public static final String LINE = "[^\\p{Cntrl}\\p{Cs}]*";

    /** What a caller is told whose text is not on one line. */
    public static final String LINE_RULE = "must not hold control characters";

    private Limits() {}
}
