package io.shopsync.orchestrator.work;

import io.shopsync.contracts.ShopDatabase;

/**
 * A worker's right to work on a database, until its lease ends.
 *
 * @param number grows with each claim: a worker whose number is no longer the row's has lost its lease
 * @param marks how often the database was marked: another number at the end means that it is due anew
 * @param attempt which claim this is since the last success, from 1
 */
public record DatabaseClaim(WorkKind kind, ShopDatabase database, long number, long marks, int attempt) {}
