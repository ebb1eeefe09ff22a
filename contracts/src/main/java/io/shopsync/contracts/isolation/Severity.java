package io.shopsync.contracts.isolation;

/** How soon a person should look, from least to most. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
