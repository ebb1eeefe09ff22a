package io.shopsync.platform;

/** The roles a token's {@code groups} claim may hold. */
public final class Roles {

    /** May do everything. */
    public static final String ADMIN = "admin";

    /** Watches and steers every shop's sync; sees no credentials. */
    public static final String OPERATOR = "operator";

    /** Reads what happened; changes nothing. */
    public static final String AUDITOR = "auditor";

    /** Owns the shops that the token's {@value Caller#SHOPS_CLAIM} claim names, and sees only those. */
    public static final String OWNER = "owner";

    private Roles() {}
}
