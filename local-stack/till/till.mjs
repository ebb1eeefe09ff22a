// A till, driven line by line: each line of standard input is a command in JSON, each answer a line of standard output.
//
//   {"do":"put","docs":[…]}                                    writes into the till's own database, on or off line
//   {"do":"read","id":"…"}                                     reads from it
//   {"do":"ids"}                                               which documents it has
//   {"do":"sync"}                                              syncs once, both ways
//   {"do":"live"}                                              syncs from now on, both ways, until the till ends
//   {"do":"reach","url":"…"}                                   asks for another database with this till's login
//
// The first line says where: {"folder":"…","url":"…","username":"…","password":"…"}.
import PouchDB from 'pouchdb';
import { createInterface } from 'node:readline';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { folder, url, username, password } = JSON.parse((await lines.next()).value);

const local = new PouchDB(folder);
// skip_setup: a till may not create databases, and need not ask whether this one is there.
const far = (address) => new PouchDB(address, { auth: { username, password }, skip_setup: true });
const remote = far(url);

const failure = (error) => ({
  status: error.status ?? 0,
  error: error.name ?? 'error',
  reason: error.reason ?? error.message ?? String(error),
});

const counts = (result) => ({
  pushed: result.push.docs_written,
  pulled: result.pull.docs_written,
  refused: result.push.doc_write_failures + result.pull.doc_write_failures,
});

const commands = {
  put: async ({ docs }) => {
    const rows = await local.bulkDocs(docs);
    const failed = rows.find((row) => row.error);
    if (failed) {
      throw failed;
    }
    return { revisions: rows.map((row) => row.rev) };
  },
  read: async ({ id }) => ({ doc: await local.get(id) }),
  // Without design documents: the server's guard is replicated to tills like any document.
  ids: async () => ({
    ids: (await local.allDocs()).rows.map((row) => row.id).filter((id) => !id.startsWith('_design/')),
  }),
  sync: async () => {
    const refusals = [];
    const sync = local.sync(remote).on('denied', ({ doc }) => refusals.push(failure(doc)));
    return { ...counts(await sync), refusals };
  },
  live: async () => {
    // The errors of a live sync are retried by PouchDB; its promise ends only when it is cancelled.
    local.sync(remote, { live: true, retry: true }).on('error', (error) => console.error(failure(error)));
    return {};
  },
  reach: async ({ url: other }) => ({ info: await far(other).allDocs({ limit: 1 }) }),
};

for await (const line of lines) {
  const command = JSON.parse(line);
  let answer;
  try {
    answer = { ok: true, ...(await commands[command.do](command)) };
  } catch (error) {
    answer = { ok: false, ...failure(error) };
  }
  console.log(JSON.stringify(answer));
}
process.exit(0);
