package io.shopsync.orchestrator.proof;

/** What a check, or its part about one shop, came to. */
public enum Verdict {
    /** Everything was as it should be. */
    ISOLATED,
    /** Something was tried without a clear answer: it proves nothing. */
    UNCLEAR,
    /** Someone got in who should not have, or something was not as it should be. */
    VIOLATED;

    Verdict and(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
