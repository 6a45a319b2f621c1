import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { startApp, until } from '#tests/support/app.ts';
import { createTestDatabase } from '#tests/support/database.ts';
import { createGate } from '#tests/support/gate.ts';
import { startParts } from '#tests/support/parts.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { submitText } from '#tests/support/submit.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';

let opened = new AsyncDisposableStack();
afterEach(async () => {
  await opened.disposeAsync();
  opened = new AsyncDisposableStack();
});

const put = async (url: string, token: string) => {
  const answer = await fetch(`${url}/logs/a.log`, { method: 'PUT', headers: { authorization: `Bearer ${token}` }, body: sampleLog() });
  return [answer.status, answer.headers.get('retry-after'), await answer.text()];
};
const refusal = (why: string) => [503, '60', expect.stringMatching(new RegExp(`UNAVAILABLE.*${why}.*nothing was kept`))];
const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  opened.defer(() => client.end());
  return client;
};

test('law 10: a database that is made read-only loses nothing: who asks is told, what was under way ends once it is written to again', async () => {
  const database = await createTestDatabase();
  opened.defer(() => database.drop());
  const { slack, openai, send, parts, token } = opened.use(await startParts({ databaseUrl: database.url, engineSeconds: 30 }));
  const client = await connect(database.url);
  const name = new URL(database.url).pathname.slice(1);
  const [before, meanwhile] = ['before', 'meanwhile'].map((each) => slack.createChannel({ name: each }));
  const gate = createGate();
  let calls = 0;
  openai.mock.on({ userMessage: /orders-db/ }, async () => {
    calls++;
    await gate.opened;
    return { content: JSON.stringify(summaryAnswer()) };
  });
  await send.slash({ channel: before, text: sampleLog() });
  await until(
    () => calls,
    (count) => count === 1,
    'the engine to be asked',
  );
  await client.query(`alter database ${name} set default_transaction_read_only = on`);
  await client.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()',
  );
  const apiUrl = parts[0]?.url as string;
  // Whoever still held a connection that was ended hears that the database is away.
  const answer = await until(
    () => put(apiUrl, token),
    ([, retryAfter]) => retryAfter !== '10',
    'a new connection',
  );
  expect(answer).toEqual(refusal('read-only'));
  expect((await send.slash({ channel: meanwhile, text: sampleLog() })).body).toContain('nothing was kept');
  // The answer is tried to be written down, again and again.
  const refused = async (): Promise<number> => {
    const { rows } = await client.query<{ count: number }>(
      'select xact_rollback::int as count from pg_stat_database where datname = current_database()',
    );
    return rows[0]?.count ?? 0;
  };
  const sofar = await refused();
  gate.open();
  await until(refused, (count) => count > sofar + 5, 'it to be tried');
  await client.query('set default_transaction_read_only = off');
  // Of those who are connected it goes on; they find that out.
  await client.query(`alter database ${name} set default_transaction_read_only = off`);
  await until(
    () => JSON.stringify(slack.messages(before)),
    (text) => text.includes('Checkout could not'),
    'the answer',
  );
  expect(slack.messages(before)).toHaveLength(2);
  expect(slack.messages(meanwhile)).toEqual([]);
  await until(
    () => put(apiUrl, token),
    ([status]) => status === 202,
    'room',
  );
  for (const { running } of parts) {
    const unforeseen = running
      .err()
      .split('\n')
      .filter((line) => line !== '' && !line.includes('the database can write nothing down'));
    expect([running.child.exitCode, unforeseen]).toEqual([null, []]);
  }
});

test('law 10: while the disk of the database has no room for it a log is refused, and work is tried until there is, however long it takes', async () => {
  const app = opened.use(await startApp());
  const client = await connect(app.database.url);
  const fill = (table: string) => client.query(`create trigger no_room before insert on ${table} for each row execute function no_room()`);
  const makeRoom = (table: string) => client.query(`drop trigger no_room on ${table}`);
  // What PostgreSQL says when it cannot extend a file; what fits into the files that are there it takes.
  await client.query(`create function no_room() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = 'disk_full'; end $$`);
  await fill('log_chunk');
  expect(await put(app.url, app.token)).toEqual(refusal('disk of the database is full'));
  await makeRoom('log_chunk');
  await fill('log_result');
  const id = await submitText(app, sampleLog());
  await until(
    () => client.query<{ attempt: number }>(`select (payload->>'attempt')::int as attempt from graphile_worker._private_jobs`),
    ({ rows }) => rows.some(({ attempt }) => attempt > 6),
    'it to be tried often',
  );
  await makeRoom('log_result');
  expect(await app.settled(id)).toMatchObject({ status: 'SUCCEEDED' });
});
