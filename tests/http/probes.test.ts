import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from '#tests/support/app.ts';

let app: App;
beforeAll(async () => {
  app = await startApp({}, { wanted: ['api'] });
});
afterAll(() => app[Symbol.asyncDispose]());

const ask = async (path: string) => {
  const response = await fetch(`${app.url}${path}`);
  return { status: response.status, type: response.headers.get('content-type'), headers: response.headers, text: await response.text() };
};

test('/healthz says the process lives, /readyz that database, migrations and queue are there', async () => {
  expect(JSON.parse((await ask('/healthz')).text)).toEqual({ status: 'ok' });
  expect(await ask('/readyz')).toMatchObject({
    status: 200,
    text: expect.stringMatching(/"ready".*"database":"ok".*"migrations":"ok".*"queue":"ok"/),
  });
});

test('/readyz is 503 with the reason when a migration has not run, and says nothing an attacker could use', async () => {
  const connection = app.database.orm.em.fork().getConnection();
  const [row] = await connection.execute<{ id: number; name: string; executed_at: Date }[]>(
    "delete from migration where name like '0001%' returning *",
  );
  const { status, text } = await ask('/readyz');
  await connection.execute('insert into migration (name) values (?)', [row?.name]);
  expect([status, text]).toEqual([503, expect.stringContaining('1 to run; npm run migrate')]);
  expect(text).not.toMatch(/postgres:|127\.0\.0\.1/);
});

test('/metrics is what Prometheus reads', async () => {
  const { status, type, text } = await ask('/metrics');
  expect([status, type]).toEqual([200, expect.stringContaining('text/plain')]);
  expect(text).toMatch(/^# HELP /m);
});

test('the pages run their own script and no other, and are kept by nobody', async () => {
  for (const path of ['/', '/setup']) {
    const { status, headers, text } = await ask(path);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe-inline');
    expect(policy.includes('script-src')).toBe(text.includes('<script>'));
  }
});
