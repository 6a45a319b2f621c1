import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp, until } from '#tests/support/app.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { countRows, submitText } from '#tests/support/submit.ts';
import { readEvents, watchProgress } from '#tests/support/watch-progress.ts';

let app: App;
let client: pg.Client;
beforeAll(async () => {
  app = await startApp();
  client = new pg.Client({ connectionString: app.database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await app[Symbol.asyncDispose]();
});

/** Whatever PostgreSQL does first when a summary is written. */
const beforeEachSummary = async (does: string): Promise<AsyncDisposable> => {
  await client.query(`create function before_summary() returns trigger language plpgsql as $$ begin ${does}; return new; end $$`);
  await client.query('create trigger before_summary before update of summary on log_result for each row execute function before_summary()');
  return { [Symbol.asyncDispose]: async () => void (await client.query('drop function before_summary cascade')) };
};

const lines = sampleLog().trimEnd().split('\n').length;
const answerOf = (id: string) =>
  app.gql<{ logSummary: { status: string; headline: string | null; failure: { retryAt: string | null } | null } }>(
    'query ($id: ID!) { logSummary(logId: $id) { status headline failure { retryAt } digest { ledger { lines } } } }',
    { id },
  );

test('a short log of the built-in engine has two beats in the API: its digest can be read before its summary is there', async () => {
  await using _slow = await beforeEachSummary('perform pg_sleep(1)');
  const id = await submitText(app, sampleLog());
  const seen: string[] = [];
  for await (const { data } of readEvents<{ data: { logProgress: { status: string } } }>(await watchProgress(app, id))) {
    seen.push(data.logProgress.status);
    if (data.logProgress.status !== 'DIGESTED') continue;
    const { logSummary } = await answerOf(id);
    expect(logSummary).toEqual({ status: 'DIGESTED', headline: null, failure: null, digest: { ledger: { lines } } });
  }
  expect(seen.slice(-2)).toEqual(['DIGESTED', 'SUCCEEDED']);
});

test('a long log has a job for each beat with the built-in engine, too; a short one has both in one', async () => {
  const summaries = async (): Promise<number> =>
    Number(/^aiops_jobs_started_total\{task="summarize-log"\} (\d+)$/m.exec(await (await fetch(`${app.url}/metrics`)).text())?.[1] ?? 0);
  const before = await summaries();
  expect((await app.settled(await submitText(app, sampleLog()))).status).toBe('SUCCEEDED');
  expect(await summaries()).toBe(before);
  expect((await app.settled(await submitText(app, sampleLog({ quiet: 3_000 })))).status).toBe('SUCCEEDED');
  expect(await summaries()).toBe(before + 1);
});

test('law 10: what fails between the two beats of a short log is taken up from the first one', async () => {
  const id = await (async () => {
    await using _broken = await beforeEachSummary("raise exception 'no luck' using errcode = 'XX000'");
    const id = await submitText(app, sampleLog());
    await until(
      () => answerOf(id),
      ({ logSummary: { status, failure } }) => status === 'DIGESTED' && Boolean(failure?.retryAt),
      'the try that is told to wait',
    );
    return id;
  })();
  await client.query('select graphile_worker.reschedule_jobs(array_agg(id), run_at => now()) from graphile_worker.jobs');
  expect((await app.settled(id)).status).toBe('SUCCEEDED');
  await until(
    () => countRows(app, 'graphile_worker.jobs'),
    (jobs) => jobs === 0,
  );
  expect((await client.query('select from log_result where summarized_at is not null')).rowCount).toBe(4);
});
