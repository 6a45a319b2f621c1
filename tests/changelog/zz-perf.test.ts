import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { Change } from '#db/entities/change.ts';
import { forWorkspace } from '#db/orm.ts';
import { createGraphSchema } from '#graphql/schema.ts';
import { startApp, until } from '#tests/support/app.ts';
import { generateChangelog, JANUARY } from '#tests/support/changelog.ts';

test('docs', () => {
  const text = readFileSync('docs/changelog.md', 'utf8');
  const all = [...text.matchAll(/gql '([^']+)'/g)].map(([, query = '']) => query.replaceAll('\\"', '"'));
  console.log(all.length);
  for (const query of all) expect(validate(createGraphSchema(), parse(query)), query).toEqual([]);
});

test('perf', { timeout: 300_000 }, async () => {
  const app = await startApp({ LOG_LEVEL: 'error' });
  const workspaceId = app.runtime.workspaceId as string;
  const db = forWorkspace(app.database.orm, workspaceId);
  for (let at = 0; at < 99_000; at += 1_000)
    await db.insertMany(Change, Array.from({ length: 1000 }, (_, i) => { const n = at + i; return {
      id: `chg_${String(n).padStart(26, '0')}`, workspaceId, source: 'git' as const, externalKey: `m:${n}`, system: 'acme/many', kind: 'commit' as const,
      title: n % 5 === 0 ? `feat: add option ${n} to the exporter (#${n})` : n % 5 === 1 ? `fix: crash in part ${n} of the list` : `chore: tidy part ${n}`,
      body: 'Some words about it. '.repeat(10), refs: [], labels: [], paths: [`src/a${n % 100}.ts`], filesChanged: 1, breaking: false, restricted: false, time: new Date(Date.UTC(2026, 0, 5) + n * 10), merged: [], sha: null, createdBy: 'x', receivedAt: new Date() }; }) as never);
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const begun = performance.now();
  const { changelog } = await generateChangelog(app, { scope: { systems: ['acme/many'] }, ...JANUARY });
  type S = { changelog: { status: string; changeCount: number; failure: unknown } };
  for (;;) {
    const { changelog: s } = await app.gql<S>('query ($id: ID!) { changelog(id: $id) { status changeCount failure { message } } }', { id: changelog?.id });
    if (s.status === 'SUCCEEDED' || s.status === 'FAILED') { console.log(s); break; }
    await new Promise((r) => setTimeout(r, 200));
  }
  lag.disable();
  console.log('seconds', (performance.now() - begun) / 1000, 'max lag ms', lag.max / 1e6, 'p99', lag.percentile(99) / 1e6, 'rss', process.memoryUsage().rss / 1e6);
  const t = performance.now();
  const md = await app.gql<{ changelog: { rendered: string } }>('query ($id: ID!) { changelog(id: $id) { rendered(format: MARKDOWN) } }', { id: changelog?.id });
  console.log('rendered', md.changelog.rendered.length, performance.now() - t);
  await app[Symbol.asyncDispose]();
});
void until;
