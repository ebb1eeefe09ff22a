package io.shopsync.provisioning.shop;

import io.shopsync.contracts.sync.ReasonCode;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a shop is not as wished.
 *
 * @param retryAt when it is tried again by itself; empty where it is not
 */
public record Trouble(ReasonCode reason, String detail, Optional<Instant> retryAt) {}
