package io.shopsync.contracts.isolation;

/** How soon a person should look, from least to most. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** One step more severe; the most severe stays what it is. */
    public Severity raised() {
        return switch (this) {
            case INFO -> LOW;
            case LOW -> MEDIUM;
            case MEDIUM -> HIGH;
            case HIGH, CRITICAL -> CRITICAL;
        };
    }
}
