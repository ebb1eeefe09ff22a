import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import http from 'pouchdb-adapter-http';
import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import replication from 'pouchdb-replication';
import { Line } from './line.js';

PouchDB.plugin(memory).plugin(http).plugin(replication);

const server = process.env.COUCHDB_URL ?? 'http://admin:admin@127.0.0.1:5984';
const opened = [];

/** A database on the server that is gone after the tests. */
async function shop() {
  const remote = new PouchDB(`${server}/shop_${randomUUID()}_sales`);
  await remote.info();
  opened.push(remote);
  return remote;
}

function till() {
  const local = new PouchDB(randomUUID(), { adapter: 'memory' });
  opened.push(local);
  return local;
}

/** Repeats an assertion until it holds. */
async function eventually(assertion, deadline = Date.now() + 20_000) {
  for (;;) {
    try {
      return await assertion();
    } catch (failure) {
      if (Date.now() > deadline) {
        throw failure;
      }
      await pause(50);
    }
  }
}

async function follow(local, remote, work, options = {}) {
  const sync = local.sync(remote, { live: true, retry: true, ...options });
  sync.catch(() => {});
  try {
    await work();
  } finally {
    const ended = new Promise((resolve) => sync.on('complete', resolve).on('error', resolve));
    sync.cancel();
    await ended;
  }
}

before(() => PouchDB.setMaxListeners?.(100));
after(() => Promise.all(opened.map((database) => database.destroy())));

test('two tills see each other\'s sales, attachments and all', async () => {
  // Given
  const [remote, one, other] = [await shop(), till(), till()];
  const receipt = Buffer.from([0, 1, 2, 253, 254, 255]);
  await follow(one, remote, () => follow(other, remote, async () => {
    // When
    await one.put({
      _id: 'sale 1/ü',
      shopId: 'acme',
      _attachments: { 'receipt.bin': { content_type: 'application/octet-stream', data: receipt } },
    });
    await other.put({ _id: 'sale-2', shopId: 'acme', lines: [{ sku: 'tea', price: 3.5 }] });
    // Then
    await eventually(async () => {
      assert.ok(receipt.equals(await other.getAttachment('sale 1/ü', 'receipt.bin')));
      assert.deepEqual((await one.get('sale-2')).lines, [{ sku: 'tea', price: 3.5 }]);
    });
    // When
    const { _rev } = await other.get('sale 1/ü');
    await other.putAttachment('sale 1/ü', 'note.txt', _rev, Buffer.from('paid'), 'text/plain');
    await one.remove(await one.get('sale-2'));
    // Then
    await eventually(async () => {
      const sale = await one.get('sale 1/ü', { attachments: true, binary: true });
      assert.deepEqual(Object.keys(sale._attachments).sort(), ['note.txt', 'receipt.bin']);
      assert.equal(sale._attachments['note.txt'].data.toString(), 'paid');
      await assert.rejects(other.get('sale-2'), { status: 404, reason: 'deleted' });
    });
  }));
});

test('a conflict has the same winner everywhere, and is resolved everywhere', async () => {
  // Given the same product, changed by two tills that do not hear of each other
  const [remote, one, other] = [await shop(), till(), till()];
  await one.put({ _id: 'tea', shopId: 'acme', price: 1 });
  await one.replicate.to(remote);
  await other.replicate.from(remote);
  await one.put({ ...(await one.get('tea')), price: 2 });
  await other.put({ ...(await other.get('tea')), price: 3 });
  // When
  await one.sync(remote);
  await other.sync(remote);
  await one.sync(remote);
  // Then
  const everywhere = [remote, one, other];
  const seen = await Promise.all(everywhere.map((database) => database.get('tea', { conflicts: true })));
  assert.equal(seen[0]._conflicts.length, 1);
  assert.deepEqual(seen[1], seen[0]);
  assert.deepEqual(seen[2], seen[0]);
  // When
  await other.remove('tea', seen[0]._conflicts[0]);
  await other.sync(remote);
  await one.sync(remote);
  // Then
  for (const database of everywhere) {
    const tea = await database.get('tea', { conflicts: true });
    assert.equal(tea._conflicts, undefined);
    assert.equal(tea._rev, seen[0]._rev);
  }
});

test('what is written while the line is cut arrives when it is mended', async () => {
  // Given
  const [remote, local] = [await shop(), till()];
  const line = await Line.to(server);
  const address = new URL(remote.name);
  address.port = line.port;
  const far = new PouchDB(address.href, { skip_setup: true });
  // PouchDB asks for it to show its progress, and takes no notice of a failure: Node would end the test.
  const info = far.info.bind(far);
  far.info = () => info().catch(() => pause(50).then(far.info));
  await follow(local, far, async () => {
    await local.put({ _id: 'before', shopId: 'acme' });
    await eventually(() => remote.get('before'));
    for (let round = 0; round < 3; round++) {
      // When
      line.cut();
      await local.bulkDocs(Array.from({ length: 40 }, (_, n) => ({ _id: `here-${round}-${n}`, shopId: 'acme' })));
      await remote.bulkDocs(Array.from({ length: 40 }, (_, n) => ({ _id: `there-${round}-${n}`, shopId: 'acme' })));
      line.mend();
      // Then
      await eventually(async () => {
        const everywhere = await Promise.all([remote.allDocs(), local.allDocs()]);
        assert.equal(everywhere[0].rows.length, 1 + 80 * (round + 1));
        assert.deepEqual(everywhere[1].rows, everywhere[0].rows);
      });
    }
  }, { back_off_function: () => 50 });
  await line.close();
});

test('a second replication finds its checkpoint and reads nothing', async () => {
  // Given
  const [remote, local] = [await shop(), till()];
  await remote.bulkDocs(Array.from({ length: 250 }, (_, n) => ({ _id: `p${n}`, shopId: 'acme' })));
  const first = await local.replicate.from(remote);
  // When
  const second = await local.replicate.from(remote);
  // Then
  assert.equal(first.docs_written, 250);
  assert.equal(second.docs_read, 0);
  assert.equal(second.last_seq, first.last_seq);
});

test('a filtered replication brings what the server selects', async () => {
  // Given
  const remote = await shop();
  await remote.bulkDocs(['acme', 'zeta', 'acme'].map((shopId, n) => ({ _id: `d${n}`, shopId })));
  // When
  const [selected, named] = [till(), till()];
  await selected.replicate.from(remote, { selector: { shopId: 'acme' } });
  await named.replicate.from(remote, { doc_ids: ['d1'] });
  // Then
  assert.deepEqual((await selected.allDocs()).rows.map((row) => row.id), ['d0', 'd2']);
  assert.deepEqual((await named.allDocs()).rows.map((row) => row.id), ['d1']);
});

test('a live feed tells each change once, in order, with its document', async () => {
  // Given
  const remote = await shop();
  const told = [];
  const feed = remote.changes({ live: true, since: 'now', include_docs: true, heartbeat: 1000 });
  feed.on('change', (change) => told.push(change.doc._id));
  const ended = new Promise((resolve) => feed.on('complete', resolve));
  await pause(200);
  // When
  for (let n = 0; n < 20; n++) {
    await remote.put({ _id: `c${n}`, n });
  }
  // Then
  await eventually(() => assert.equal(told.length, 20));
  assert.deepEqual(told, Array.from({ length: 20 }, (_, n) => `c${n}`));
  feed.cancel();
  await ended;
});

test('refusals come through with their status and reason', async () => {
  const remote = await shop();
  await remote.put({ _id: 'a' });
  await assert.rejects(remote.put({ _id: 'a' }), { status: 409, name: 'conflict' });
  await assert.rejects(remote.get('none'), { status: 404, reason: 'missing' });
  const results = await remote.bulkDocs([{ _id: 'a' }, { _id: 'b' }]);
  assert.equal(results[0].status, 409);
  assert.equal(results[1].ok, true);
});
