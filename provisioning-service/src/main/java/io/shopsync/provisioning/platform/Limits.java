package io.shopsync.provisioning.platform;

/** How much a shop may ask for. */
public final class Limits {

    /** Databases of a shop: each costs CouchDB some 20 KB and a share of every sweep. */
    public static final int DATABASES = 20;

    /** Characters of a shop's name. */
    public static final int NAME = 120;

    private Limits() {}
}
