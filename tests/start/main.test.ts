import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, glob, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '#tests/support/app.ts';
import { makeRoomyFolder } from '#tests/support/roomy-folder.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { hasPostgres, type Running, startProcess } from '#tests/support/start-process.ts';

// The tests are one story in one data folder: making a database takes a second.
let dataDir: string;
let secret: string;
let logId: string;
const started: Running[] = [];
beforeAll(async () => {
  dataDir = await makeRoomyFolder('aiops-start-');
  await chmod(dataDir, 0o755);
});
afterAll(async () => {
  for (const { child } of started) if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid as number), 'SIGINT');
  await Promise.all(started.map(({ ended }) => ended));
  await rm(dataDir, { recursive: true, force: true });
});

const start = (args: string[] = [], env: Record<string, string> = {}): Running => {
  const running = startProcess('src/main.ts', args, { DATA_DIR: dataDir, ...env });
  started.push(running);
  return running;
};
const summarize = (args: string[], env: Record<string, string> = {}, input?: string): Running => {
  const running = startProcess('src/summarize.ts', args, { DATA_DIR: dataDir, ...env }, input);
  started.push(running);
  return running;
};
const gql = async <Data>(url: string, query: string, variables: Record<string, unknown>, token?: string): Promise<Data> => {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  return ((await response.json()) as { data: Data }).data;
};
const expectOneSentence = (running: Running, sentence: RegExp): void => {
  expect(running.err()).toMatch(sentence);
  expect(running.err()).not.toMatch(/\n\s+at |Error:/);
};

test('the first start prints address and one-time link, answers the probes, and takes the first log', async () => {
  const server = start();
  const url = await server.url();
  const setupToken = /\/setup#(\S+)/.exec(server.out())?.[1];
  // Slack is off: no bot runs.
  expect(server.out()).toMatch(/is ready: api, worker \(/);
  expect(server.out()).toMatch(/Database +embedded PostgreSQL in \S+\. For your own: set DATABASE_URL/);
  for (const [path, body] of [
    ['/healthz', '"ok"'],
    ['/readyz', '"ready"'],
    ['/metrics', '# HELP'],
  ] as const)
    expect(await (await fetch(url + path)).text()).toContain(body);
  const input = { setupToken, email: 'ana@example.com', name: 'Ana', password: 'correct horse battery' };
  const { createFirstAdmin } = await gql<{ createFirstAdmin: { session: { accessToken: string } } }>(
    url,
    'mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } } }',
    { input },
  );
  const { createToken } = await gql<{ createToken: { secret: string } }>(
    url,
    'mutation { createToken(input: { name: "t", scopes: [LOGS_READ, LOGS_WRITE] }) { secret } }',
    {},
    createFirstAdmin.session.accessToken,
  );
  secret = createToken.secret;
  const stored = await fetch(`${url}/logs/app.log`, { method: 'PUT', headers: { authorization: `Bearer ${secret}` }, body: sampleLog() });
  logId = ((await stored.json()) as { id: string }).id;

  const second = start();
  expect(await second.ended).toBe(1);
  expectOneSentence(second, /is in use by process \d+\. Stop that one first, or set DATA_DIR/);

  const shared = summarize(['-', '--json'], {}, sampleLog());
  expect(await shared.ended).toBe(0);
  expect(JSON.parse(shared.out())).toMatchObject({ status: 'SUCCEEDED', title: 'Standard input', lineCount: 81 });

  server.interrupt();
  expect(await server.ended).toBe(0);
  expect(server.err()).toBe('');
  expect(await hasPostgres(dataDir)).toBe(false);
});

test('the second start finds everything again and shows no token; killed outright, it leaves a PostgreSQL that the third start ends', async () => {
  const server = start();
  const url = await server.url();
  expect(server.out()).not.toContain('/setup#');
  const { log } = await gql<{ log: { status: string } }>(url, 'query ($id: ID!) { log(id: $id) { status } }', { id: logId }, secret);
  expect(log.status).toBe('SUCCEEDED');
  server.child.kill('SIGKILL');
  await server.ended;
  expect(await hasPostgres(dataDir)).toBe(true);

  const third = start([], { NODE_ENV: 'production' });
  const again = await gql<{ log: { status: string } }>(
    await third.url(),
    'query ($id: ID!) { log(id: $id) { status } }',
    { id: logId },
    secret,
  );
  expect(again.log.status).toBe('SUCCEEDED');
  expect(third.out()).toMatch(/nobody backs it up\. For production: set DATABASE_URL to a PostgreSQL of your own/);
  third.interrupt();
  expect(await third.ended).toBe(0);
  expect(await hasPostgres(dataDir)).toBe(false);
});

test('what the installation keeps compiled is what a start loads, so that the first one is as fast as any other', async () => {
  const kept = join(dataDir, 'compiled');
  const env = { NODE_COMPILE_CACHE: kept };
  const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: { postinstall: string } };
  const PATH = `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`;
  await promisify(execFile)('sh', ['-c', scripts.postinstall], { env: { ...env, PATH } });
  const count = async () => (await Array.fromAsync(glob('**/*', { cwd: kept }))).length;
  const installed = await count();
  expect(installed).toBeGreaterThan(1000);
  const server = start([], env);
  await server.url();
  server.interrupt();
  expect(await server.ended).toBe(0);
  const terminal = summarize(['-'], env, sampleLog());
  expect(await terminal.ended).toBe(0);
  // But for the few files that a library loads when it is used.
  expect(await count()).toBeLessThan(installed * 1.01);
});

test('when npm, which started it, is gone, the server says so and stops, and leaves no PostgreSQL behind', async () => {
  const main = join(import.meta.dirname, '../..', 'src/main.ts');
  const env = { PATH: process.env['PATH'], PORT: '0', DATA_DIR: dataDir, npm_lifecycle_event: 'start' };
  // The shell stands for npm's: it ends without passing a signal on.
  const shell = spawn('sh', ['-c', '"$0" "$1" & wait', process.execPath, main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  shell.stdout.on('data', (bytes: Buffer) => (out += bytes.toString()));
  shell.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()));
  // It is closed when the server, too, has let go of it.
  const closed = once(shell, 'close');
  await until(
    () => out,
    (text) => text.includes('Ctrl-C stops.'),
    'the start',
  );
  shell.kill('SIGKILL');
  await closed;
  expect(err).toBe('npm, which started this, has ended; stopping.\n');
  expect(await hasPostgres(dataDir)).toBe(false);
});

test('a port that is taken is one sentence, and leaves no PostgreSQL behind', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await until(() => other.listening, Boolean);
  const { port } = other.address() as AddressInfo;
  const server = start([], { PORT: String(port) });
  expect(await server.ended).toBe(1);
  expectOneSentence(server, new RegExp(`Port ${port} is in use`));
  expect(await hasPostgres(dataDir)).toBe(false);
  other.close();
});

test('bad settings are listed all at once, and a wrong word is answered with what there is', async () => {
  const settings = start([], { PORT: 'eighty', SLACK_BOT_TOKEN: 'nope', LOG_LEVEL: 'loud' });
  const word = start(['wroker']);
  const nowhere = start([], { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' });
  expect(await Promise.all([settings.ended, word.ended, nowhere.ended])).toEqual([1, 1, 1]);
  for (const name of ['PORT', 'SLACK_BOT_TOKEN', 'LOG_LEVEL']) expectOneSentence(settings, new RegExp(`- ${name}: `));
  expectOneSentence(word, /"wroker" is not something to start\.\nUsage:/);
  expectOneSentence(nowhere, /Nothing listens at 127\.0\.0\.1:9\. Start PostgreSQL there/);
});

test('npm run summarize reads a file by itself and draws the answer; a missing file is one sentence', async () => {
  const { writeFile } = await import('node:fs/promises');
  const file = join(dataDir, 'orders.log');
  await writeFile(file, sampleLog());
  const drawn = summarize([file]);
  expect(await drawn.ended).toBe(0);
  expect(drawn.out()).toContain('orders.log · 81 lines');
  expect(drawn.out()).toContain('What to do next');
  expect(await hasPostgres(dataDir)).toBe(false);

  const missing = summarize([join(dataDir, 'none.log')]);
  expect(await missing.ended).toBe(1);
  expectOneSentence(missing, /There is no file .*none\.log here\./);
});

test('law 4: no secret of a log is printed, for people or as JSON', async () => {
  const leaky = ['hunter2x', 'tr0ub4dor', 'sw0rdfish'].map(
    (word, k) => `2026-11-20 12:00:0${k} ERROR login of kim failed password=${word} token: ${word}z9`,
  );
  leaky.push(
    '2026-11-20 12:01:00 ERROR request body "{\\"username\\":\\"joe\\",\\"passwd\\":\\"abc-Def-998\\"}" rejected',
    '2026-11-20 12:02:00 ERROR > AUTH PLAIN AGpvZQBzbXRwUHcyMg==',
    '2026-11-20 12:03:00 ERROR {"name":"DB_PASSWORD","value":"jsonKV_11"}',
    '2026-11-20 12:04:00 ERROR {"Key": "api_token", "Value": "jsonKV_12"}',
    '2026-11-20 12:05:00 ERROR env of the container',
    '      - name: DB_PASSWORD',
    '        value: yamlList1',
    '2026-11-20 12:06:00 ERROR - name: DB_PASSWORD',
    '        value: yamlList2',
  );
  const [drawn, json] = [summarize(['-'], {}, leaky.join('\n')), summarize(['-', '--json'], {}, leaky.join('\n'))];
  expect(await Promise.all([drawn.ended, json.ended])).toEqual([0, 0]);
  expect(drawn.out()).toContain('login of kim failed');
  expect(JSON.parse(json.out()).digest.patterns[0].samples[0].text).toContain('password=[masked: secret]');
  expect(drawn.out() + json.out()).not.toMatch(/hunter2x|tr0ub4dor|sw0rdfish|abc-Def|AGpvZQ|jsonKV|yamlList/);
});

test('with a model that is down, the terminal says so within seconds, and the built-in engine answers', async () => {
  const down = createServer((request, response) => {
    request.resume();
    response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":{"message":"down","type":"server_error"}}');
  }).listen(0, '127.0.0.1');
  await until(() => down.listening, Boolean);
  const { port } = down.address() as AddressInfo;
  const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_MODEL: 'some-model' };
  const drawn = summarize(['-'], env, sampleLog());
  expect(await drawn.ended).toBe(0);
  expect(drawn.err()).toMatch(/^some-model does not answer: .+ The built-in engine writes the summary\.$/m);
  expect(drawn.out()).toContain('What to do next');
  expect(drawn.out()).toContain('written by the built-in engine: some-model does not answer');
  expect(await hasPostgres(dataDir)).toBe(false);
  down.close();
});

test('a model that will never answer is told with what to mend, and the built-in engine answers', async () => {
  const answers = [
    { status: 401, body: { error: { message: 'no', code: 'invalid_api_key' } } },
    { status: 200, body: { id: 'r', object: 'response', status: 'completed', output: [] } },
  ];
  const says = [
    {
      err: /^some-model could not be used: .+ Set OPENAI_API_KEY to a valid key\. The built-in engine writes the summary\.$/m,
      out: 'could not be used',
    },
    { err: /^some-model was not used: .+ The built-in engine writes the summary\.$/m, out: 'gave no answer that could be read' },
  ];
  for (const [index, { status, body }] of answers.entries()) {
    const wrong = createServer((request, response) => {
      request.resume();
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    }).listen(0, '127.0.0.1');
    await until(() => wrong.listening, Boolean);
    const { port } = wrong.address() as AddressInfo;
    const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_MODEL: 'some-model' };
    const drawn = summarize(['-'], env, sampleLog());
    expect(await drawn.ended).toBe(0);
    expect(drawn.err()).toMatch(says[index]!.err);
    expect(drawn.out()).toContain('What to do next');
    expect(drawn.out()).toContain(`written by the built-in engine: some-model ${says[index]!.out}`);
    wrong.close();
  }
});

test('the budget of the day counts in the terminal, too', async () => {
  const env = {
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: 'http://127.0.0.1:9/v1',
    OPENAI_MODEL: 'some-model',
    ENGINE_BUDGET_TOKENS_PER_DAY: '10',
  };
  const drawn = summarize(['-'], env, sampleLog());
  expect(await drawn.ended).toBe(0);
  expect(drawn.err()).toMatch(/^some-model was not asked: Today's budget for some-model is used up/m);
  expect(drawn.out()).toContain("written by the built-in engine: today's budget for some-model is used up");
});

test('who waits for a model in the terminal reads the patterns meanwhile, and the answer alone is what is piped on', async () => {
  const slow = createServer((request, response) => {
    request.resume();
    void until(
      () => drawn.err(),
      (err) => err.includes('81 lines'),
      'the patterns',
    ).then(() =>
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"message":"no","code":"invalid_api_key"}}'),
    );
  }).listen(0, '127.0.0.1');
  await until(() => slow.listening, Boolean);
  const { port } = slow.address() as AddressInfo;
  const env = { OPENAI_API_KEY: 'sk-test', OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1`, OPENAI_MODEL: 'some-model' };
  const drawn = summarize(['-'], env, sampleLog());
  expect(await drawn.ended).toBe(0);
  expect(drawn.err()).toContain('Patterns');
  expect(drawn.out().match(/81 lines · /g)).toHaveLength(1);
  slow.close();
});

test('Ctrl-C ends npm run summarize without a word and leaves no PostgreSQL behind, while it starts and while it works', async () => {
  const { writeFile } = await import('node:fs/promises');
  const file = join(dataDir, 'long.log');
  await writeFile(file, sampleLog().repeat(2_000));
  for (const far of [() => hasPostgres(dataDir), () => hasQueue(dataDir)]) {
    const running = summarize([file]);
    await until(far, Boolean, 'it to get so far');
    running.interrupt();
    expect(await running.ended).toBe(130);
    expect(running.out() + running.err()).toBe('');
    expect(await hasPostgres(dataDir)).toBe(false);
  }
});

/** Whether somebody works on the jobs in this data folder. */
const hasQueue = async (dataDir: string): Promise<boolean> => {
  const [pid, , , port] = (await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  if (!pid || !port) return false;
  const password = (await readFile(join(dataDir, 'postgres-password'), 'utf8')).trim();
  const client = new pg.Client({ connectionString: `postgres://aiops:${password}@127.0.0.1:${port}/postgres` });
  try {
    await client.connect();
    return (await client.query("select 1 from pg_stat_activity where application_name like 'ai-ops-assistant queue%'")).rows.length > 0;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
};
