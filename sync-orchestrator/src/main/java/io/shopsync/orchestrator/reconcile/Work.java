package io.shopsync.orchestrator.reconcile;

import io.shopsync.contracts.ShopDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was done so that CouchDB matches a wish.
 *
 * @param steps those that were taken
 * @param readyAt when each database that had steps was done
 */
record Work(List<Step> steps, Map<ShopDatabase, Instant> readyAt) {}
