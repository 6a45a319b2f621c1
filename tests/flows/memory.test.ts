import { afterAll, beforeAll, expect, test } from 'vitest';
import { addJob } from '#db/queue.ts';
import type { Report } from '#src/core/report.ts';
import { withLogs } from '#src/logs/link-back.ts';
import { createLogRenderer } from '#src/logs/render-log.ts';
import { type App, startApp, until } from '#tests/support/app.ts';
import { changelogThat, generateChangelog } from '#tests/support/changelog.ts';
import { type SlackApp, startSlackApp } from '#tests/support/slack-app.ts';
import { submit } from '#tests/support/submit.ts';

let app: App;
let all: SlackApp;
beforeAll(async () => {
  [app, all] = await Promise.all([startApp(), startSlackApp()]);
});
afterAll(async () => {
  await Promise.all([app[Symbol.asyncDispose](), all[Symbol.asyncDispose]()]);
});

type Normal = {
  logsBefore: number;
  firstSeen: { id: string; template: string }[];
  more: { pattern: { template: string }; perHour: number; usualPerHour: number }[];
  stopped: { template: string; usualPerHour: number }[];
  noise: { id: string; template: string }[];
  sameAs: { logId: string; title: string; at?: string } | null;
  changes: { title: string; pattern: { template: string } }[];
  tickets: string[];
};
type Summary = {
  status: string;
  normal: Normal | null;
  digest: { ledger: { lines: number }; patterns: { id: string; template: string }[] } | null;
};
const SUMMARY = `query ($id: ID!) { logSummary(logId: $id) { status digest { ledger { lines } patterns(first: 50) { id template } } normal { logsBefore
  firstSeen { id template } more { pattern { template } perHour usualPerHour } stopped { template usualPerHour } noise { id template }
  sameAs { logId title at } changes { title pattern { template } } tickets } } }`;

/** An hour of a service's log: requests, a heartbeat, and whatever else is told. */
const hour = (day: number, { requests = 60, heartbeats = 60, more = [] as string[] } = {}): string => {
  const at = (minute: number): string => new Date(Date.UTC(2026, 10, day, 12, minute % 60, minute % 7)).toISOString();
  return [
    ...Array.from({ length: requests }, (_, index) => `${at(index)} INFO http GET /orders/${day * 1000 + index} 200 in ${10 + index} ms`),
    ...Array.from({ length: heartbeats }, (_, index) => `${at(index)} INFO heartbeat sent to broker sequence ${day * 100 + index}`),
    ...more.map((line, index) => `${at(index)} ${line}`),
    `${at(59)} INFO hour closed`,
  ]
    .toSorted()
    .join('\n');
};
const read = async (source: string | undefined, text: string, title = 'a log'): Promise<{ id: string } & Summary> => {
  const { log } = await submit(app, { text, title, ...(source ? { source } : {}) });
  const id = String(log?.id);
  await app.settled(id);
  return { id, ...(await app.gql<{ logSummary: Summary }>(SUMMARY, { id })).logSummary };
};
const failing = (day: number, count = 8): string[] =>
  Array.from({ length: count }, (_, index) => `ERROR checkout payment refused by gateway acme for order ${day * 1000 + index}`);

test('what was never seen from a source says so, and what was seen before does not, whatever its numbers', async () => {
  const first = await read('shop', hour(1));
  expect(first.normal).toMatchObject({ logsBefore: 0, firstSeen: [] });
  // Two logs are no history.
  expect((await read('shop', hour(2, { more: ['WARN disk sda is slow'] }))).normal?.firstSeen).toEqual([]);
  await read('shop', hour(3));
  const fourth = await read('shop', hour(4, { more: failing(4) }));
  expect(fourth.normal?.firstSeen.map(({ template }) => template)).toEqual([expect.stringContaining('payment refused by gateway')]);
  const fifth = await read('shop', hour(5, { more: failing(5) }));
  expect(fifth.normal).toMatchObject({ logsBefore: 4, firstSeen: [] });
  // Another source knows nothing of it.
  expect((await read('warehouse', hour(3, { more: failing(3) }))).normal).toMatchObject({ logsBefore: 0 });
});

test('a rate far above the usual and a record that stopped are named with what is usual', async () => {
  for (const day of [1, 2, 3, 4]) await read('rates', hour(day));
  const { normal, id } = await read('rates', hour(5, { requests: 900, heartbeats: 0 }));
  // Silence is no all-clear.
  expect(await told(id)).toMatchObject({
    severity: 'LOW',
    headline: expect.stringMatching(
      /^No errors or warnings, but “heartbeat sent to broker sequence …” is missing: 0 of a usual 6\d an hour$/,
    ),
  });
  expect(normal?.more.map(({ pattern }) => pattern.template)).toEqual([expect.stringContaining('GET')]);
  expect(Math.round((normal?.more[0]?.perHour ?? 0) / (normal?.more[0]?.usualPerHour ?? 1))).toBe(15);
  expect(normal?.stopped).toEqual([{ template: expect.stringContaining('heartbeat sent to broker'), usualPerHour: expect.any(Number) }]);
  // A second of routine is no rate.
  const second = Array.from(
    { length: 14 },
    (_, index) => `2026-11-06T12:00:00.${100 + index}Z INFO heartbeat sent to broker sequence ${600 + index}`,
  );
  expect((await read('rates', second.join('\n'))).normal?.more).toEqual([]);
});

test('one wild hour does not poison what is usual: the next burst is told, and in the headline', async () => {
  for (const day of [1, 2, 4, 5]) await read('wild', hour(day));
  await read('wild', hour(3, { requests: 2_400 }));
  const { normal, id } = await read('wild', hour(6, { requests: 840 }));
  expect(normal?.more).toMatchObject([{ pattern: { template: expect.stringContaining('GET') } }]);
  expect(Math.round((normal?.more[0]?.perHour ?? 0) / (normal?.more[0]?.usualPerHour ?? 1))).toBe(14);
  expect(await told(id)).toMatchObject({
    severity: 'LOW',
    headline: expect.stringMatching(/^No errors or warnings, but “.*GET.*” came at 14× its usual rate$/),
  });
});

test('a heartbeat that never came leads where nothing but everyday trouble is beside it, and is told beside new errors', async () => {
  for (const day of [1, 2, 3]) await read('beats', hour(day, { more: bounces() }));
  const silent = await told((await read('beats', hour(4, { heartbeats: 0, more: bounces() }))).id);
  expect(silent.headline).toMatch(
    /^“heartbeat sent to broker sequence …” is missing: 0 of a usual 6\d an hour; Mailboxes are full.*as usual/,
  );
  expect(silent.first).toMatch(/is missing: 0 of a usual/);
  expect(silent.nextSteps[0]?.text).toMatch(/Look whether what usually writes these lines still runs/);
  // That the everyday trouble stays away is no news.
  for (const day of [1, 2, 3]) await read('more-beats', hour(day, { more: bounces() }));
  const failing = await told((await read('more-beats', hour(4, { heartbeats: 0, more: ['FATAL ledger is corrupt at block 77'] }))).id);
  expect(failing.whatIsGoingOn).toHaveLength(2);
  expect(failing.headline).toContain('ledger is corrupt');
  expect(failing.whatIsGoingOn.map(({ text }) => text).join('\n')).toMatch(/is missing: 0 of a usual 6\d an hour/);
  expect([silent.dropped, failing.dropped]).toEqual([0, 0]);
});

type Told = { headline: string; severity: string; whatIsGoingOn: { text: string }[]; nextSteps: { text: string }[] };
const told = async (id: string): Promise<Told & { first: string; causes: string; dropped: number }> => {
  const { logSummary } = await app.gql<{ logSummary: Told & { likelyCauses: { text: string }[]; unsupportedDropped: number } }>(
    'query ($id: ID!) { logSummary(logId: $id) { headline severity whatIsGoingOn { text } likelyCauses { text } nextSteps { text } unsupportedDropped } }',
    { id },
  );
  return {
    ...logSummary,
    first: logSummary.whatIsGoingOn[0]?.text ?? '',
    causes: logSummary.likelyCauses.map(({ text }) => text).join('\n'),
    dropped: logSummary.unsupportedDropped,
  };
};
const bounces = (count = 30): string[] => Array.from({ length: count }, (_, index) => `ERROR mail bounce for user-${index}: mailbox full`);

test('what is there on any day is told as usual and sets no severity; what was never seen leads, with the change just before it', async () => {
  for (const day of [1, 2, 3]) await read('mail', hour(day, { more: bounces() }));
  const usual = await told((await read('mail', hour(4, { more: bounces(35) }))).id);
  expect(usual).toMatchObject({
    severity: 'LOW',
    headline: expect.stringMatching(/Mailboxes are full: 35 times.*, as usual, 3\d an hour$/),
    dropped: 0,
  });
  await app.gql('mutation ($input: RecordChangesInput!) { recordChanges(input: $input) { ids userErrors { message } } }', {
    input: {
      changes: [
        { source: 'API', system: 'mail', kind: 'DEPLOY', title: 'Deploy mail 3.2.0', time: '2026-11-05T12:00:00Z', key: 'deploy-mail' },
      ],
    },
  });
  const tax = Array.from(
    { length: 4 },
    (_, index) => `2026-11-05T12:02:0${index}.000Z ERROR no tax snapshot for region EU-${index} invoice=${index}`,
  );
  const failed = await read('mail', [hour(5, { more: bounces() }), ...tax].join('\n'));
  const fresh = await told(failed.id);
  expect(fresh.headline).toMatch(/^“no tax snapshot for region .*”: 4 times.*, first seen ever, 2 min after “Deploy mail 3.2.0”$/);
  expect(fresh.first).toContain('no tax snapshot');
  expect(fresh.whatIsGoingOn.map(({ text }) => text).join('\n')).toMatch(/mailbox full.*as usual, 3\d an hour/);
  expect(fresh).toMatchObject({ severity: 'MEDIUM', dropped: 0 });
  expect(fresh.nextSteps.at(-1)?.text).toMatch(/Read the log from line 152, where this begins/);
  expect(fresh.causes).not.toContain('mailbox');
  // Five times as many are no longer as usual.
  expect(await told((await read('mail', hour(6, { more: bounces(170) }))).id)).toMatchObject({
    severity: 'HIGH',
    headline: expect.not.stringContaining('as usual'),
  });
  const { logSummary } = await app.gql<{ logSummary: { normal: { usual: { pattern: { template: string }; usualPerHour: number }[] } } }>(
    'query ($id: ID!) { logSummary(logId: $id) { normal { usual { pattern { template } usualPerHour } } } }',
    { id: failed.id },
  );
  expect(logSummary.normal.usual).toMatchObject([{ pattern: { template: expect.stringContaining('mailbox full') } }]);
});

test('an incident with the same leading problems is recognised, with the log it was', async () => {
  await read('incidents', hour(1));
  await read('incidents', hour(1));
  const june = await read('incidents', hour(2, { more: failing(2) }), 'gateway outage');
  await read('incidents', hour(3, { more: ['ERROR disk quota exceeded on volume data-7'] }));
  const again = await read('incidents', hour(4, { more: failing(4, 30) }));
  // Its day is that of the log, whenever it was handed in.
  expect(again.normal?.sameAs).toEqual({ logId: june.id, title: 'gateway outage', at: expect.stringMatching(/^2026-11-02T12/) });
  // With nothing to compare with, two logs with the same errors are two logs.
  await read('young-source', hour(1, { more: failing(1) }));
  expect((await read('young-source', hour(2, { more: failing(2) }))).normal?.sameAs).toBeNull();
  // What is there on any day is no incident.
  for (const day of [1, 2, 3, 4]) await read('routine', hour(day, { more: ['WARN disk sda answers slowly'] }));
  expect((await read('routine', hour(5, { more: ['WARN disk sda answers slowly'] }))).normal?.sameAs).toBeNull();
});

test('an incident is known again though it shows in other services and fewer lines, and another one is not', async () => {
  const refusals = (services: string[]): string[] =>
    services.flatMap((service, at) => [
      `ERROR ${service}: connection to ${service}-db refused, order ${at} not stored`,
      `ERROR ${service}: connection to ${service}-db refused, order ${at + 100} not stored`,
    ]);
  for (const day of [1, 2, 3]) await read('guises', hour(day));
  const before = await read(
    'guises',
    hour(4, { more: [...refusals(['cart', 'billing', 'search']), 'ERROR circuit breaker open for cart'] }),
    'database outage',
  );
  const shown = await sections(before.id);
  expect(shown).toMatch(/first seen ever: [^"]*refused[^"]* and the same in other words/);
  await read('guises', hour(5, { more: ['ERROR disk quota exceeded on volume data-7'] }));
  const again = await read('guises', hour(6, { more: refusals(['profile', 'cart']) }));
  expect(again.normal?.sameAs).toMatchObject({ logId: before.id });
  expect(
    (await read('guises', hour(7, { more: ['ERROR licence of the report designer expired for tenant 4'] }))).normal?.sameAs,
  ).toBeNull();
});

test('of a log that states no zone a change is a candidate only where one zone fits when it was handed in, and the guess is told', async () => {
  const now = Date.now();
  const zoneless = (endsMs: number, more: string[] = []): string =>
    Array.from({ length: 50 }, (_, index) => {
      const at = new Date(endsMs - (50 - index) * 60_000).toISOString().slice(0, 19).replace('T', ' ');
      return index === 40 && more.length > 0 ? more.map((line) => `${at} ${line}`).join('\n') : `${at} INFO served request ${index}`;
    }).join('\n');
  for (const hours of [30, 20, 10]) await read('zoneless', zoneless(now - hours * 3_600_000));
  await app.gql('mutation ($input: RecordChangesInput!) { recordChanges(input: $input) { ids } }', {
    input: {
      changes: [
        {
          source: 'API',
          system: 'zoneless',
          kind: 'DEPLOY',
          title: 'Deploy zoneless 7',
          time: new Date(now - 15 * 60_000).toISOString(),
          key: 'zoneless-7',
        },
      ],
    },
  });
  const fits = await read('zoneless', zoneless(now, ['ERROR price list is empty for region 4']));
  expect(fits.normal?.changes).toMatchObject([{ title: 'Deploy zoneless 7' }]);
  expect(await sections(fits.id)).toMatch(/Deploy zoneless 7.*before .*price list is empty.*the log states no time zone, and UTC is taken/);
  // Hours old: nobody can say by which clock.
  expect((await read('zoneless', zoneless(now - 5 * 3_600_000, ['ERROR tax table is empty for region 5']))).normal?.changes).toEqual([]);
});

const sections = async (id: string): Promise<string> => {
  const { orm } = app.database;
  const [{ id: workspaceId } = { id: '' }] = await orm.em.fork().getConnection().execute<{ id: string }[]>('select id from workspace');
  const rendered = await createLogRenderer({ orm, publicUrl: 'https://ops.example' })(workspaceId, id);
  return JSON.stringify([rendered?.root, rendered?.reply]);
};

test('one story: a problem names the change just before it and the ticket that quotes it, and both name the log', async () => {
  for (const day of [1, 2, 3]) await read('story', hour(day));
  const at = new Date(Date.UTC(2026, 10, 4, 11, 40)).toISOString();
  const later = new Date(Date.UTC(2026, 10, 4, 11, 50)).toISOString();
  const { recordChanges } = await app.gql<{ recordChanges: { ids: string[] } }>(
    'mutation ($input: RecordChangesInput!) { recordChanges(input: $input) { ids userErrors { message } } }',
    {
      input: {
        changes: [
          { source: 'API', system: 'story', kind: 'MERGE', title: 'feat: pay through the new gateway', time: at, key: 'deploy-1' },
          // Nearer in time, and of something else.
          { source: 'API', system: 'marketing-website', kind: 'DEPLOY', title: 'New footer colours', time: later, key: 'deploy-2' },
        ],
      },
    },
  );
  const { createTicket } = await app.gql<{ createTicket: { ticket: { id: string; number: number } } }>(
    'mutation { createTicket(input: { text: "We see: checkout payment refused by gateway acme for order 2000" }) { ticket { id number } userErrors { message } } }',
  );
  const log = await read('story', hour(4, { more: failing(4) }));
  expect(log.normal?.changes).toMatchObject([
    { title: 'feat: pay through the new gateway', pattern: { template: expect.stringContaining('payment refused') } },
  ]);
  expect(log.normal?.tickets).toEqual([`T-${createTicket.ticket.number}`]);
  // Tickets that quote the problem later on belong to it as well.
  const { createTicket: after } = await app.gql<{ createTicket: { ticket: { id: string; number: number } } }>(
    'mutation { createTicket(input: { text: "Still: checkout payment refused by gateway acme for order 4001" }) { ticket { id number } userErrors { message } } }',
  );
  const back = await app.gql<{ change: { logs: { id: string }[] }; ticket: { logs: { id: string }[] }; logSummary: Summary }>(
    `query ($change: ID!, $ticket: ID!, $log: ID!) { change(id: $change) { logs { id } } ticket(id: $ticket) { logs { id } }
      logSummary(logId: $log) { normal { tickets } } }`,
    { change: recordChanges.ids[0], ticket: after.ticket.id, log: log.id },
  );
  // The tickets quote what other sources' logs hold, too; the change is of this system.
  expect([back.change.logs, back.ticket.logs[0]]).toEqual([[{ id: log.id }], { id: log.id }]);
  expect(back.logSummary.normal?.tickets).toEqual([`T-${after.ticket.number}`, `T-${createTicket.ticket.number}`]);
  // What people are shown of each tells of the others.
  const from = new Date(Date.UTC(2026, 10, 4)).toISOString();
  const { changelog } = await generateChangelog(app, { from, to: new Date(Date.UTC(2026, 10, 5)).toISOString() });
  const { entries } = await changelogThat(app, String(changelog?.id));
  expect(entries.flatMap(({ changes }) => changes.map(({ id }) => id))).toContain(recordChanges.ids[0]);
  const { orm } = app.database;
  const [{ id: workspaceId } = { id: '' }] = await orm.em.fork().getConnection().execute<{ id: string }[]>('select id from workspace');
  const clock = { now: () => new Date(Date.UTC(2026, 10, 6)) };
  const publicUrl = 'https://ops.example';
  const empty: Report = { headline: '', tone: 'info', sections: [], charts: [], facts: [], actions: [] };
  const told = async (id: string): Promise<string> =>
    JSON.stringify(
      (await withLogs({ orm, clock, publicUrl }, async () => ({ root: empty, reply: null, final: true }))(workspaceId, id))?.root.sections,
    );
  const lines = `${publicUrl}/logs/${log.id}?lines=1-100`;
  expect(await told(after.ticket.id)).toMatch(/Logs that show this.*a log/);
  expect(await told(after.ticket.id)).toContain(lines);
  expect(await told(String(changelog?.id))).toMatch(/Seen in logs shortly after.*after “feat: pay through the new gateway”: “a log”/);
  const shown = JSON.stringify((await createLogRenderer({ orm, publicUrl })(workspaceId, log.id))?.reply?.sections);
  expect(shown).toMatch(/“feat: pay through the new gateway” in story, 20 min[^”]* before “checkout payment refused/);
  expect(shown).not.toContain('footer');
  expect(shown).toContain(`T-${after.ticket.number}`);
});

const MARK = `mutation ($input: MarkNoiseInput!) { markNoise(input: $input) { log { id } userErrors { code message } } }`;
const mark = async (input: { logId: string; patternId: string; noise?: boolean }) =>
  (await app.gql<{ markNoise: { userErrors: { code: string }[] } }>(MARK, { input })).markNoise.userErrors;

test('what a person marks as known noise is folded away in later logs of the source, still counted, until they take it back', async () => {
  const more = Array.from({ length: 5 }, (_, index) => `WARN cache entry ${index} expired early`);
  const first = await read('noisy', hour(1, { more }));
  const patternId = first.digest?.patterns.find(({ template }) => template.includes('cache entry'))?.id ?? '';
  expect(await mark({ logId: first.id, patternId })).toEqual([]);
  const second = await read('noisy', hour(2, { more }));
  expect(second.normal?.noise.map(({ template }) => template)).toEqual([expect.stringContaining('cache entry')]);
  expect(second.digest?.ledger.lines).toBe(126);
  expect(await mark({ logId: second.id, patternId: second.normal?.noise[0]?.id ?? '', noise: false })).toEqual([]);
  expect((await read('noisy', hour(3, { more }))).normal?.noise).toEqual([]);
});

test('a log without a source is held against nothing, and marking noise in it says what to do', async () => {
  const { id, normal, digest } = await read(undefined, hour(1));
  expect(normal).toBeNull();
  expect((await mark({ logId: id, patternId: digest?.patterns[0]?.id ?? '' })).map(({ code }) => code)).toEqual(['CONFLICT']);
  expect((await mark({ logId: id, patternId: 'P999' })).map(({ code }) => code)).toEqual(['NOT_FOUND']);
});

test('what was not seen for longer than the setting says is forgotten at night, source by source', async () => {
  await read('old', hour(1));
  await read('young', hour(1));
  const { orm } = app.database;
  const connection = orm.em.fork().getConnection();
  for (const [table, column] of [
    ['pattern_memory', 'last_seen'],
    ['source_memory', 'last_seen'],
    ['log_fingerprint', 'at'],
  ])
    await connection.execute(`update ${table} set ${column} = ${column} - interval '181 days' where source = 'old'`);
  await addJob(orm.em.fork(), { name: 'prune-log-memory', payload: {} });
  const left = async (): Promise<string[]> =>
    (
      await connection.execute<{ source: string }[]>(
        `select source from pattern_memory union select source from source_memory union select source from log_fingerprint`,
      )
    ).map(({ source }) => source);
  await until(left, (sources) => !sources.includes('old'));
  expect(await left()).toContain('young');
  expect((await read('old', hour(2))).normal?.logsBefore).toBe(0);
});

test('in Slack a channel is a source: a later log there tells what is new, and the menu folds noise away in place and takes it back', async () => {
  const { slack, send } = all;
  const channel = slack.createChannel({ name: 'shop-alerts' });
  const shown = (place: number): string => JSON.stringify(slack.messages(channel)[place]?.blocks ?? '');
  for (const day of [1, 2, 3]) {
    await send.slash({ channel, text: hour(day) });
    await until(
      () => shown(day * 2 - 1),
      (text) => text.includes('nothing left this machine'),
    );
  }
  await send.slash({ channel, text: hour(4, { more: failing(4) }) });
  await until(
    () => shown(7),
    (text) => text.includes('first seen ever') && text.includes('payment refused'),
  );
  const [, logId, pattern] = /"logId\\+":\\+"(log_\w+)\\+",\\+"pattern\\+":\\+"(P\d+)/.exec(shown(7)) ?? [];
  const choose = (value: object) =>
    send.click({
      actionId: 'known_noise',
      value: JSON.stringify(value),
      menu: true,
      message: slack.messages(channel)[7] as never,
      channel,
    });
  await choose({ logId, pattern });
  // Not only counted aside: the headline was about it, and says something else now.
  await until(
    () => shown(7),
    (text) => text.includes('known noise folded away') && text.includes('Nothing looks wrong'),
  );
  await choose({ logId, pattern, noise: false });
  await until(
    () => shown(7),
    (text) => text.includes('payment refused') && !text.includes('known noise folded away'),
  );
});
