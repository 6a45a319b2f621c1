import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from '#tests/support/app.ts';
import {
  addChange,
  commit,
  generated,
  JANUARY,
  recordChanges,
  rendered,
  type ShownChangelog,
  saveChangelogSettings,
} from '#tests/support/changelog.ts';
import { createToken } from '#tests/support/tickets.ts';

let app: App;
let changelog: ShownChangelog;
const system = 'acme/shop';
const hostile = 'feat: show "<b>&amp;</b>" and *stars* to @here <!channel> in carts (#9)';
beforeAll(async () => {
  app = await startApp();
  const changes = [
    commit('feat: add dark mode (#12)', { system, url: 'https://github.com/acme/shop/pull/12' }),
    commit('fix!: reject empty carts (#13)', { system, url: 'https://github.com/acme/shop/pull/13?x="><script>' }),
    commit(hostile, { system }),
    commit('docs: explain carts (#10)', { system }),
    commit('docs: explain Globex carts (#11)', { system }),
  ];
  await recordChanges(app, { changes });
  await saveChangelogSettings(app, { leakList: ['Globex'] });
  changelog = await generated(app, { scope: { systems: [system] }, ...JANUARY });
});
afterAll(() => app[Symbol.asyncDispose]());

test('Markdown is Keep a Changelog, with links as they came in', async () => {
  const text = await rendered(app, changelog.id, 'MARKDOWN', '1.3.0');
  expect(text).toMatch(/^## 1\.3\.0 - 2026-02-01\n/);
  expect(text).toContain('### Added');
  expect(text).toContain('([#12](https://github.com/acme/shop/pull/12))');
  expect(text).toContain('**Breaking:**');
  expect(text).not.toContain('<b>');
  expect(await rendered(app, changelog.id, 'MARKDOWN')).toMatch(/^## Unreleased\n/);
});

test('numbers of a repository that is known lead there: of pushed commits, of GitLab, and of what a build pushed without addresses', async () => {
  const lab = {
    system: 'acme/lab',
    url: `https://gitlab.com/acme/lab/-/commit/${'ab12'.repeat(10)}`,
    sha: 'ab12'.repeat(10),
    source: 'GITLAB',
  };
  const hub = {
    system: 'acme/hub',
    url: `https://github.com/acme/hub/commit/${'cd34'.repeat(10)}`,
    sha: 'cd34'.repeat(10),
    source: 'GITHUB',
  };
  await recordChanges(app, {
    changes: [
      commit('feat: add stamps (!12)', lab),
      commit('feat: add gift cards (#125)', hub),
      commit('feat: add vouchers, see acme/core#7 (#126)', { system: 'acme/hub' }),
      commit('feat: add carts (#5)', { system: 'acme/unknown' }),
    ],
  });
  const of = async (name: string, audience = 'ENGINEERS') =>
    rendered(app, (await generated(app, { scope: { systems: [name] }, audience, ...JANUARY })).id, 'MARKDOWN');
  expect(await of('acme/lab')).toContain('[!12](https://gitlab.com/acme/lab/-/merge_requests/12)');
  const hubText = await of('acme/hub', 'CUSTOMERS');
  for (const link of [
    '[#125](https://github.com/acme/hub/issues/125)',
    '[#126](https://github.com/acme/hub/issues/126)',
    '[acme/core#7](https://github.com/acme/core/issues/7)',
  ])
    expect(hubText).toContain(link);
  expect(await of('acme/unknown')).toContain('(#5)');
  const both = await generated(app, { scope: { systems: ['acme/hub', 'acme/lab'] }, ...JANUARY });
  const text = await rendered(app, both.id, 'MARKDOWN');
  expect(text).toContain('[acme/hub#125](https://github.com/acme/hub/issues/125)');
  expect(text).toContain('[acme/lab!12](https://gitlab.com/acme/lab/-/merge_requests/12)');
});

test('customers are led to no host of the house: no own git server, and nothing of the leak list', async () => {
  const sha = 'ef56'.repeat(10);
  const own = { system: 'acme/own', source: 'GITLAB' };
  await recordChanges(app, {
    changes: [
      commit('feat: add stamps (!12)', { ...own, url: `https://git.acme.com/acme/own/-/commit/${sha}`, sha }),
      commit('feat: add a wish list (!13)', { ...own, url: 'http://gitlab.acme.internal/acme/own/-/merge_requests/13' }),
      commit('feat: add carts (#14)', { system: 'acme/own', url: 'https://github.com/acme/secret/pull/14' }),
      commit('New opening hours', { system: 'acme/own', kind: 'PRODUCT', url: 'https://www.acme.com/hours' }),
    ],
  });
  await saveChangelogSettings(app, { leakList: ['Globex', 'github.com/acme/secret/**'] });
  const of = (audience: string) => generated(app, { scope: { systems: ['acme/own'] }, audience, ...JANUARY });
  const [customers, engineers] = [await of('CUSTOMERS'), await of('ENGINEERS')];
  for (const format of ['MARKDOWN', 'SLACK', 'HTML', 'JSON', 'ATOM']) {
    const text = await rendered(app, customers.id, format);
    expect(text).not.toMatch(/git\.acme|internal|secret/);
    expect(text).toMatch(/stamps/);
  }
  expect(await rendered(app, customers.id, 'JSON')).toContain('https://www.acme.com/hours');
  const inside = await rendered(app, engineers.id, 'MARKDOWN');
  expect(inside).toContain('https://git.acme.com/acme/own/-/merge_requests/12');
  expect(inside).not.toContain('secret');
  await saveChangelogSettings(app, { leakList: ['Globex'] });
});

test('HTML is escaped', async () => {
  const html = await rendered(app, changelog.id, 'HTML');
  expect(html).toContain('<h3>Added</h3>');
  expect(html).toContain('<a href="https://github.com/acme/shop/pull/12" rel="noopener">#12</a>');
  expect(html).not.toMatch(/<b>|<script|<!channel/);
});

test('in Slack’s form nothing mentions, calls out or formats', async () => {
  const text = await rendered(app, changelog.id, 'SLACK');
  expect(text).toContain('*Added*');
  expect(text).toContain('<https://github.com/acme/shop/pull/12|#12>');
  expect(text).toContain('&lt;!channel&gt;');
  expect(text).not.toMatch(/<!channel>|\*stars\*/);
});

test('JSON is everything, for programs', async () => {
  const json = JSON.parse(await rendered(app, changelog.id, 'JSON'));
  expect(json).toMatchObject({ id: changelog.id, audience: 'engineers', changeCount: 5, scope: { systems: [system] } });
  expect(json.entries.flatMap(({ refs }: { refs: string[] }) => refs)).toEqual(expect.arrayContaining(['#12', '#13', '#9']));
  expect(json.omitted.toSorted((a: { title: string }, b: { title: string }) => (a.title < b.title ? -1 : 1))).toEqual([
    { change: expect.any(String), title: 'docs: explain carts (#10)', refs: ['#10'], reason: 'docs', of: null },
    { change: expect.any(String), title: 'something private', refs: ['#11'], reason: 'docs', of: null },
  ]);
});

test.each(['ATOM', 'RSS'])('%s holds it as well-formed XML', async (format) => {
  const xml = await rendered(app, changelog.id, format);
  expect(xml).toMatch(/^<\?xml version="1.0" encoding="utf-8"\?>/);
  expect(unbalanced(xml)).toBeNull();
  expect(xml).toMatch(/urn:changelog:[0-9a-f]{32}</);
  expect(xml).toContain('&lt;h3&gt;Added&lt;/h3&gt;');
});

test('an existing CHANGELOG.md gets the new release and keeps all that people wrote', async () => {
  const into =
    '# Changelog\n\nHello.\n\n## [Unreleased]\n\n### Added\n\n- By hand\n\n## [1.2.0] - 2025-12-01\n\n### Fixed\n\n- Something\n';
  const query = 'query ($id: ID!, $into: String!) { changelog(id: $id) { spliced(into: $into, version: "1.3.0") } }';
  const { changelog: found } = await app.gql<{ changelog: { spliced: string } }>(query, { id: changelog.id, into });
  const text = found.spliced;
  for (const line of ['# Changelog', 'Hello.', '- By hand', '## [1.2.0] - 2025-12-01', '- Something']) expect(text).toContain(line);
  expect(text).toContain('## [1.3.0] - 2026-02-01');
  expect(text.indexOf('1.3.0')).toBeGreaterThan(text.indexOf('Unreleased'));
  expect(text.indexOf('1.3.0')).toBeLessThan(text.indexOf('[1.2.0]'));
});

test('put in twice it stands there once, also after somebody worded it anew; without a version it goes to Unreleased', async () => {
  const query = 'query ($id: ID!, $into: String!, $version: String) { changelog(id: $id) { spliced(into: $into, version: $version) } }';
  const splice = async (into: string, version?: string) =>
    (await app.gql<{ changelog: { spliced: string } }>(query, { id: changelog.id, into, version })).changelog.spliced;
  const once = await splice(
    '# Changelog\r\n\r\n## [Unreleased]\r\n\r\n### Added\r\n\r\n- By hand\r\n\r\n[Unreleased]: https://x.example\r\n',
  );
  expect(once.match(/^## /gm)).toHaveLength(1);
  expect(once).toContain('### Added\r\n\r\n- By hand\r\n- ');
  expect(once).toMatch(/\r\n\r\n\[Unreleased\]: https:\/\/x\.example\r\n$/);
  expect(await splice(once)).toBe(once);
  const worded = once.replace(/- Add dark mode/, '- Night owls rejoice');
  expect(await splice(worded)).toBe(worded);
  expect(await splice('', '1.0.0')).toMatch(/^# Changelog\n\n## 1\.0\.0 - 2026-02-01\n/);
  // A release takes along what is told there, in people's words, and leaves what is not its own.
  const released = await splice(worded, '1.0.0');
  expect(released).toContain('## [Unreleased]\r\n\r\n### Added\r\n\r\n- By hand\r\n\r\n## 1.0.0 - 2026-02-01\r\n\r\n### Added\r\n');
  expect(released.match(/Night owls rejoice/g)).toHaveLength(1);
  expect(released).toMatch(/\r\n\r\n\[Unreleased\]: https:\/\/x\.example\r\n$/);
});

const feed = (path: string, headers: Record<string, string> = {}) => fetch(`${app.url}${path}`, { headers });

test('a feed reader follows changelogs with a token, as a bearer or as a password, never in the address', async () => {
  const token = await createToken(app, 'SERVICE', ['CHANGES_READ']);
  const path = `/changelog/${system}.atom`;
  const bearer = await feed(path, { authorization: `Bearer ${token}` });
  const text = await bearer.text();
  expect([bearer.status, bearer.headers.get('content-type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
  expect(unbalanced(text)).toBeNull();
  expect(text.match(/<entry>/g)).toHaveLength(1);
  expect(text).toMatch(/<title>[^<]+, and \d more \(1 January [–-] 1 February 2026\)<\/title>/);
  const basic = `Basic ${Buffer.from(`feed:${token}`).toString('base64')}`;
  const rss = await feed(`/changelog/${encodeURIComponent(system)}.rss`, { authorization: basic });
  expect([rss.status, unbalanced(await rss.text())]).toEqual([200, null]);
  const again = await feed(path, { authorization: basic, 'if-none-match': bearer.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  expect((await feed(`${path}?token=${token}`)).status).toBe(401);
  expect((await feed(path)).headers.get('www-authenticate')).toContain('Basic');
});

test('a feed has each period once, for its readers, and nothing of other systems', async () => {
  const authorization = `Bearer ${app.token}`;
  await generated(app, { scope: { systems: [system] }, ...JANUARY });
  expect((await (await feed(`/changelog/${system}.atom`, { authorization })).text()).match(/<entry>/g)).toHaveLength(1);
  expect(await (await feed(`/changelog/${system}.atom?audience=customers`, { authorization })).text()).not.toContain('<entry>');
  const other = await feed('/changelog/acme/other.atom', { authorization });
  expect([other.status, await other.text()]).toEqual([404, expect.stringContaining('acme/other')]);
  await addChange(app, { title: 'The office moves', kind: 'PEOPLE', time: '2026-01-20T00:00:00Z' });
  await generated(app, { ...JANUARY, audience: 'COMPANY' });
  expect(await (await feed('/changelog/all.atom?audience=company', { authorization })).text()).toContain('The office moves');
});

test('a feed has nothing of drafts and previews', async () => {
  const authorization = `Bearer ${app.token}`;
  const entries = async () => (await (await feed(`/changelog/${system}.atom`, { authorization })).text()).match(/<entry>/g)?.length;
  expect(await entries()).toBe(1);
  const { id } = await generated(app, { scope: { systems: [system] }, from: '2025-01-01T00:00:00Z', to: JANUARY.to });
  expect(await entries()).toBe(2);
  await app.database.orm.em.fork().getConnection().execute(`update changelog set created_by = 'schedule' where id = ?`, [id]);
  expect(await entries()).toBe(1);
});

test('law 13: an address or audience that makes no sense is said in words', async () => {
  const headers = { authorization: `Bearer ${app.token}` };
  for (const path of ['/changelog', '/changelog/', '/changelog/x', '/changelog/%00.atom', '/changelog/%E0%A4%A.atom'])
    expect((await feed(path, headers)).status, path).toBe(404);
  expect((await feed('/changelog/x.atom?audience=cats', headers)).status).toBe(400);
  const reader = await createToken(app, 'SERVICE', ['LOGS_READ']);
  expect((await feed('/changelog/x.atom', { authorization: `Bearer ${reader}` })).status).toBe(403);
});

/** The first element that is not closed as it was opened; null when all are. */
const unbalanced = (xml: string): string | null => {
  const open: string[] = [];
  for (const [, end, name = '', alone] of xml.matchAll(/<(\/?)([a-z:]+)(?:\s[^<>]*?)?(\/?)>/gi)) {
    if (alone) continue;
    if (!end) open.push(name);
    else if (open.pop() !== name) return name;
  }
  return /&(?!amp;|lt;|gt;|quot;|#39;)/.test(xml) ? '&' : (open.pop() ?? null);
};
