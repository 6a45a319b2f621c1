import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from '#tests/support/app.ts';
import { findChanges, generated } from '#tests/support/changelog.ts';

let app: App;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app[Symbol.asyncDispose]());

type Way = { id: string; path: string; kind: string; secret: string };

const open = async (kind: string, more: Record<string, unknown> = {}): Promise<Way> => {
  const { createWebhookIn } = await app.gql<{ createWebhookIn: { webhook: Way; secret: string } }>(
    'mutation ($input: CreateWebhookInInput!) { createWebhookIn(input: $input) { webhook { id path kind } secret } }',
    { input: { name: kind, kind, ...more } },
  );
  return { ...createWebhookIn.webhook, secret: createWebhookIn.secret };
};

const sign = (secret: string, body: string): string => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

type Answered = {
  status: number;
  body: {
    changes?: string[];
    created?: number;
    known?: number;
    skipped?: { change: number; title: string; reason: string }[];
    ignored?: boolean;
    reason?: string;
    error?: { code: string; message: string };
  };
};

const post = async (way: Pick<Way, 'path'>, payload: unknown, headers: Record<string, string>): Promise<Answered> => {
  const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const response = await fetch(`${app.url}${way.path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: response.status, body: (await response.json()) as Answered['body'] };
};

const github = (way: Way, event: string, payload: unknown, more: Record<string, string> = {}): Promise<Answered> =>
  post(way, payload, { 'x-github-event': event, 'x-hub-signature-256': sign(way.secret, JSON.stringify(payload)), ...more });
const gitlab = (way: Way, payload: unknown, token = way.secret): Promise<Answered> => post(way, payload, { 'x-gitlab-token': token });

const repository = (full_name: string) => ({ full_name, default_branch: 'main', html_url: `https://github.com/${full_name}` });
const pullRequest = (name: string, more: Record<string, unknown> = {}, action = 'closed') => ({
  action,
  repository: repository(name),
  pull_request: {
    number: 12,
    title: 'Add dark mode',
    body: 'Closes #7',
    merged: true,
    merged_at: '2026-01-10T12:00:00Z',
    merge_commit_sha: 'a'.repeat(40),
    html_url: `https://github.com/${name}/pull/12`,
    changed_files: 3,
    labels: [{ name: 'enhancement' }, { name: 'breaking change' }],
    head: { sha: 'b'.repeat(40) },
    base: { ref: 'main' },
    ...more,
  },
});
const pushed = (name: string, more: Record<string, unknown> = {}) => ({
  ref: 'refs/heads/main',
  after: 'c'.repeat(40),
  deleted: false,
  repository: { ...repository(name), pushed_at: 1_768_046_400 },
  head_commit: { timestamp: '2026-01-10T12:00:00Z' },
  commits: [
    {
      id: 'd'.repeat(40),
      message: 'fix: crash on start\n\nIt crashed.',
      timestamp: '2025-12-01T12:00:00Z',
      url: `https://github.com/${name}/commit/d`,
      added: ['a.ts'],
      removed: [],
      modified: ['b.ts'],
    },
    { id: 'e'.repeat(40), message: 'Merge pull request #12 from x/y', timestamp: '2026-01-10T12:00:00Z' },
  ],
  ...more,
});

test('a merged pull request of GitHub is a change with its number, labels and address', async () => {
  const way = await open('GITHUB');
  expect(way.path).toBe(`/webhooks/changes/${way.id}`);
  const { status, body } = await github(way, 'pull_request', pullRequest('acme/pr'));
  expect([status, body]).toEqual([202, { changes: [expect.stringMatching(/^chg_/)], created: 1, known: 0, replayed: false, skipped: [] }]);
  expect(await findChanges(app, { system: 'acme/pr' })).toMatchObject([
    {
      source: 'GITHUB',
      kind: 'MERGE',
      title: 'Add dark mode',
      body: 'Closes #7',
      refs: ['#12'],
      labels: ['enhancement', 'breaking change'],
      url: 'https://github.com/acme/pr/pull/12',
      time: '2026-01-10T12:00:00.000Z',
    },
  ]);
});

test('law 3: redelivered, also at once, it is the same change; edited after the merge it has its new title', async () => {
  const way = await open('GITHUB');
  const answers = await Promise.all(
    [1, 2, 3].map(() => github(way, 'pull_request', pullRequest('acme/again'), { 'x-github-delivery': 'one' })),
  );
  expect(new Set(answers.map(({ body }) => body.changes?.[0])).size).toBe(1);
  expect(answers.reduce((sum, { body }) => sum + (body.created ?? 0), 0)).toBe(1);
  await github(way, 'pull_request', pullRequest('acme/again', { title: 'Add a dark mode' }, 'edited'));
  expect((await findChanges(app, { system: 'acme/again' })).map(({ title }) => title)).toEqual(['Add a dark mode']);
});

test('law 3: an older message that comes again takes nothing back', async () => {
  const way = await open('GITHUB');
  const at = (title: string, updated_at: string) => pullRequest('acme/old', { title, updated_at });
  await github(way, 'pull_request', at('Add Megacorp mode', '2026-01-10T12:00:00Z'));
  await github(way, 'pull_request', at('Add dark mode', '2026-01-10T12:05:00Z'));
  expect((await github(way, 'pull_request', at('Add Megacorp mode', '2026-01-10T12:00:00Z'))).body).toMatchObject({ known: 1 });
  expect((await findChanges(app, { system: 'acme/old' })).map(({ title }) => title)).toEqual(['Add dark mode']);
});

test('what was merged into another branch counts when that one is merged', async () => {
  const way = await open('GITHUB');
  expect((await github(way, 'pull_request', pullRequest('acme/side', { base: { ref: 'release-1' } }))).body.reason).toContain('main');
  expect(await findChanges(app, { system: 'acme/side' })).toEqual([]);
});

const plain = (id: string, message: string, timestamp = '2026-01-10T11:50:00Z') => ({ id: id.repeat(40), message, timestamp });

test('one odd commit takes nothing along: without a message, cut within a character, with half of one', async () => {
  const way = await open('GITHUB');
  const commits = [
    plain('1', ''),
    plain('2', `fix: ${'x'.repeat(494)}🚀 and more`),
    plain('3', 'fix: half \ud83d of one'),
    plain('4', 'fix: fine'),
  ];
  const { status, body } = await github(way, 'push', pushed('acme/odd', { commits }));
  expect([status, body]).toMatchObject([202, { created: 4, skipped: [] }]);
  const titles = (await findChanges(app, { system: 'acme/odd' })).map(({ title }) => title);
  expect(titles.map((title) => title.slice(0, 12))).toEqual(['(no message)', 'fix: xxxxxxx', 'fix: half \ufffd ', 'fix: fine']);
});

test('an address that leads nowhere is left out; what cannot be kept is named, with the reason', async () => {
  const way = await open('GITHUB');
  const commits = [{ ...plain('5', 'fix: one'), url: 'u' }, plain('6', 'fix: two'), { ...plain('7', 'fix: three'), id: 'no sha' }];
  const { body } = await github(way, 'push', pushed('acme/odd-url', { commits }));
  expect(body).toMatchObject({ created: 2, skipped: [{ change: 3, title: 'fix: three', reason: expect.stringContaining('sha') }] });
  expect(await findChanges(app, { system: 'acme/odd-url' })).toMatchObject([{ title: 'fix: one', url: null }, { title: 'fix: two' }]);
});

test('what steers a terminal or turns text round is gone, and a commit of a wrong clock counts from when it came in', async () => {
  const way = await open('GITHUB');
  const message = 'feat: \u001b]0;pwned\u0007\u001b[31mred\u001b[0m \u202eevil\u2066 button\n\nA \u001b[2Jbody';
  const commits = [plain('8', message, '2036-01-10T11:50:00Z')];
  const sent = pushed('acme/steer', { commits, repository: repository('acme/steer'), head_commit: { timestamp: '2036-01-10T11:50:00Z' } });
  await github(way, 'push', sent);
  const [change] = await findChanges(app, { system: 'acme/steer' });
  expect(change).toMatchObject({ title: 'feat: red evil button', body: 'A body' });
  expect(new Date(change?.time ?? '').getTime()).toBeLessThanOrEqual(Date.now());
  // Pushed again, it does not move on.
  await github(way, 'push', sent);
  expect((await findChanges(app, { system: 'acme/steer' }))[0]?.time).toBe(change?.time);
});

test('since a release means after its commit as it landed, not after the time that commit says', async () => {
  const way = await open('GITHUB');
  const system = 'acme/since';
  const released = [plain('5', 'feat: add what is released'), plain('6', 'fix: crash that is released')];
  await github(way, 'push', pushed(system, { commits: released, after: '6'.repeat(40) }));
  const tag = {
    ref: 'refs/tags/v1.0.0',
    commits: [],
    after: '6'.repeat(40),
    head_commit: { id: '6'.repeat(40), timestamp: '2026-01-10T11:50:00Z' },
  };
  await github(way, 'push', pushed(system, tag));
  const later = { ...repository(system), pushed_at: 1_768_132_800 };
  await github(way, 'push', pushed(system, { commits: [plain('7', 'feat: add what comes next')], repository: later }));
  const { entries, omitted } = await generated(app, { scope: { systems: [system] }, lastTag: 'v1.0.0', to: '2026-02-01T00:00:00Z' });
  const told = entries.flatMap(({ changes }) => changes.map(({ title }) => title));
  expect([...told, ...omitted.edges.map(({ node }) => node.change.title)]).toEqual(['feat: add what comes next']);
});

test('a request of several commits is told once, though webhooks name only its last', async () => {
  const way = await open('GITHUB');
  const system = 'acme/several';
  const merge = { ...plain('d', 'Merge pull request #30 from acme/topic\n\nSearch finds tickets'), timestamp: '2026-01-10T12:00:00Z' };
  const commits = [
    plain('8', 'fix: crash of another'),
    plain('a', 'feat: add an index'),
    plain('b', 'wip'),
    plain('9', 'feat: search by number'),
    merge,
  ];
  await github(way, 'push', pushed(system, { commits, after: merge.id }));
  const request = {
    number: 30,
    title: 'Search finds tickets',
    merge_commit_sha: merge.id,
    head: { sha: '9'.repeat(40) },
    commits: 3,
    labels: [],
  };
  await github(way, 'pull_request', pullRequest(system, request));
  const { entries } = await generated(app, { scope: { systems: [system] }, from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' });
  expect(entries.map(({ changes }) => changes.length).sort()).toEqual([1, 5]);
});

test('commits of a push are told of when they landed, in their order, with what they touched', async () => {
  const way = await open('GITHUB');
  expect((await github(way, 'push', pushed('acme/push'))).body).toMatchObject({ created: 2 });
  expect(await findChanges(app, { system: 'acme/push' })).toMatchObject([
    { kind: 'COMMIT', title: 'fix: crash on start', body: 'It crashed.', paths: ['a.ts', 'b.ts'], time: '2026-01-10T12:00:00.000Z' },
    { kind: 'MERGE', time: '2026-01-10T12:00:00.001Z' },
  ]);
});

test('a tag and the release made of it are one; drafts, branches and other news are no changes', async () => {
  const way = await open('GITHUB');
  const release = {
    tag_name: 'v1.2.0',
    name: 'Winter',
    body: 'Much.',
    draft: false,
    published_at: '2026-01-11T12:00:00Z',
    created_at: '2026-01-11T11:00:00Z',
    html_url: 'https://github.com/acme/rel/releases/v1.2.0',
  };
  await github(way, 'push', pushed('acme/rel', { ref: 'refs/tags/v1.2.0', commits: [] }));
  await github(way, 'release', { action: 'published', repository: repository('acme/rel'), release });
  expect(await findChanges(app, { system: 'acme/rel' })).toMatchObject([{ kind: 'RELEASE', title: 'v1.2.0', body: 'Winter\n\nMuch.' }]);
  const nothing: [string, unknown][] = [
    ['ping', { zen: 'x' }],
    ['issues', { action: 'opened' }],
    ['pull_request', pullRequest('acme/nothing', { merged: false, merged_at: null })],
    ['push', pushed('acme/nothing', { ref: 'refs/heads/topic' })],
    ['push', pushed('acme/nothing', { deleted: true })],
    ['release', { action: 'created', repository: repository('acme/nothing'), release: { ...release, draft: true } }],
  ];
  for (const [event, payload] of nothing) {
    const { status, body } = await github(way, event, payload);
    expect([status, body.ignored, typeof body.reason], event).toEqual([200, true, 'string']);
  }
  expect(await findChanges(app, { system: 'acme/nothing' })).toEqual([]);
});

test('merge requests, pushes, tags and releases of GitLab, with the secret as token', async () => {
  const way = await open('GITLAB');
  const project = { path_with_namespace: 'group/app', default_branch: 'main', web_url: 'https://gitlab.example.com/group/app' };
  const commits = [
    {
      id: 'f'.repeat(40),
      message: 'feat: add search',
      timestamp: '2026-01-10T13:00:00+01:00',
      url: 'https://gitlab.example.com/c',
      added: ['s.ts'],
    },
  ];
  const sent = [
    {
      object_kind: 'merge_request',
      project,
      labels: [{ title: 'feature' }],
      object_attributes: {
        iid: 5,
        title: 'Search',
        description: 'Finds.',
        state: 'merged',
        action: 'merge',
        url: 'https://gitlab.example.com/group/app/-/merge_requests/5',
        merge_commit_sha: '1'.repeat(40),
        updated_at: '2026-01-10 12:30:00 UTC',
        last_commit: { id: '2'.repeat(40) },
      },
    },
    { object_kind: 'push', ref: 'refs/heads/main', after: 'f'.repeat(40), project, commits },
    { object_kind: 'tag_push', ref: 'refs/tags/v3', after: '3'.repeat(40), checkout_sha: 'f'.repeat(40), project, commits },
    {
      object_kind: 'release',
      action: 'create',
      tag: 'v3',
      name: 'Three',
      description: '',
      released_at: '2026-01-10 14:00:00 UTC',
      created_at: '2026-01-10 14:00:00 UTC',
      url: 'https://gitlab.example.com/r',
      project,
    },
  ];
  for (const payload of [...sent, ...sent]) expect((await gitlab(way, payload)).status).toBe(202);
  expect(await findChanges(app, { system: 'group/app' })).toMatchObject([
    { source: 'GITLAB', kind: 'MERGE', title: 'Search', refs: ['!5'], labels: ['feature'], time: '2026-01-10T12:30:00.000Z' },
    { kind: 'COMMIT', title: 'feat: add search', time: '2026-01-10T12:00:00.000Z' },
    { kind: 'RELEASE', title: 'v3' },
  ]);
  const nothing = [
    { object_kind: 'note' },
    { ...sent[0], object_attributes: { ...(sent[0] as { object_attributes: object }).object_attributes, state: 'opened' } },
    { ...sent[1], after: '0'.repeat(40) },
    { ...sent[1], ref: 'refs/heads/topic' },
  ];
  for (const payload of nothing) expect((await gitlab(way, payload)).body.ignored).toBe(true);
});

test('change events in our own form, one or several; without an id nothing is kept', async () => {
  const way = await open('EVENTS');
  const event = {
    id: 'd-1',
    kind: 'deploy',
    system: 'checkout',
    title: 'Deployed checkout 3.1',
    time: '2026-01-12T12:00:00+01:00',
    url: 'https://ci.example.com/1',
    refs: ['T-7'],
  };
  const send = (payload: unknown) => post(way, payload, { 'x-hub-signature-256': sign(way.secret, JSON.stringify(payload)) });
  expect((await send(event)).body).toMatchObject({ created: 1 });
  expect((await send({ changes: [event, { ...event, id: 'd-2', kind: 'flag', title: 'Flag on' }] })).body).toMatchObject({
    created: 1,
    known: 1,
  });
  expect(await findChanges(app, { system: 'checkout' })).toMatchObject([
    { source: 'API', kind: 'DEPLOY', time: '2026-01-12T11:00:00.000Z', refs: ['T-7'] },
    { kind: 'FLAG', title: 'Flag on' },
  ]);
  const { id: _, ...nameless } = event;
  const { status, body } = await send(nameless);
  expect([status, body.error?.message]).toEqual([400, expect.stringContaining('no "id"')]);
  const wrong = await send({ ...event, kind: 'explosion' });
  expect([wrong.status, wrong.body.error?.message]).toEqual([400, expect.stringContaining('kind (one of deploy, flag')]);
  const ahead = await send({ ...event, id: 'd-3', time: '3026-01-12T12:00:00Z' });
  expect([ahead.status, ahead.body.error?.message]).toEqual([400, expect.stringContaining('lies ahead')]);
});

test('a wrong, missing or someone else’s secret is 401 and keeps nothing', async () => {
  const [hub, other, lab] = [await open('GITHUB'), await open('GITHUB'), await open('GITLAB')];
  const payload = pullRequest('acme/forged');
  for (const signature of ['', 'sha256=', sign(other.secret, JSON.stringify(payload)), sign(hub.secret, `${JSON.stringify(payload)} `)])
    expect((await github(hub, 'pull_request', payload, { 'x-hub-signature-256': signature })).status).toBe(401);
  for (const token of ['', 'x', hub.secret, `${lab.secret}x`, lab.secret.slice(1)]) {
    const { status, body } = await gitlab(lab, { object_kind: 'push' }, token);
    expect([status, body.error?.code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(JSON.stringify(body)).not.toContain(lab.secret);
  }
  expect(await findChanges(app, { system: 'acme/forged' })).toEqual([]);
});

test('law 13: a body that is not what it should be is 400 in words; each kind of webhook has its own door', async () => {
  const way = await open('GITHUB');
  const { status, body } = await github(way, 'pull_request', { action: 'closed', repository: {} });
  expect([status, body.error?.message]).toEqual([400, expect.stringContaining('pull_request')]);
  expect((await post(way, '{"a":', { 'x-github-event': 'push', 'x-hub-signature-256': sign(way.secret, '{"a":') })).status).toBe(400);
  expect((await github({ ...way, path: `/webhooks/tickets/${way.id}` }, 'ping', {})).status).toBe(404);
  const tickets = await open('TICKET', { mapping: { title: 'a', key: 'b' } });
  expect((await github({ ...tickets, path: `/webhooks/changes/${tickets.id}` }, 'ping', {})).status).toBe(404);
  expect((await fetch(`${app.url}${way.path}`)).status).toBe(405);
});
