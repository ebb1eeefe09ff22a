package io.shopsync.provisioning.shop;

/** What a shop is to be: the last command decides. */
public enum Wish {
    /** Its tills can sync. */
    ACTIVE,
    /** Its logins are refused, its data stays. */
    SUSPENDED,
    /** It is gone, and its data after a time of grace. */
    DELETED
}
