package io.shopsync.orchestrator.proof.matrix;

/** Who tries to get at a shop's database. */
public enum Who {
    /** The shop's login for tills, or one like it. */
    OWN_SYNC(true),
    /** The login of the shop's own admin tools, or one like it. */
    OWN_ADMIN(true),
    /** A login of another name that holds the shop's role. */
    ROLE_HOLDER(true),
    /** A login of another shop, with that shop's role. */
    OTHER_SHOP(false),
    /** Nobody: a request without a login. */
    ANONYMOUS(false),
    /** A login of the shop with a wrong password. */
    WRONG_PASSWORD(false);

    private final boolean belonging;

    Who(boolean belonging) {
        this.belonging = belonging;
    }

    /** Whether the shop's data are theirs to read and write. */
    public boolean belongs() {
        return belonging;
    }
}
