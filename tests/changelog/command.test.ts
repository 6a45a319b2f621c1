import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, startApp } from '#tests/support/app.ts';
import { findChanges, generateChangelog, generated } from '#tests/support/changelog.ts';
import { createToken } from '#tests/support/tickets.ts';

const run = promisify(execFile);

let app: App;
let folder: string;
let token: string;
beforeAll(async () => {
  app = await startApp();
  token = await createToken(app, 'SERVICE', ['CHANGES_WRITE']);
  folder = await mkdtemp(join(tmpdir(), 'aiops-repo-'));
  await git('init', '--initial-branch=main');
  await git('remote', 'add', 'origin', 'https://github.com/acme/tool.git');
  await commit('feat: add the first thing', '2026-01-05T12:00:00Z');
  await git('tag', 'v1.0.0');
  await commit('fix: crash \u001b[31mon\u001b[0m start\u202e (#2)', '2026-01-06T12:00:00Z');
  await git('checkout', '-b', 'topic', 'v1.0.0');
  await commit('feat: add search to the list', '2026-01-04T12:00:00Z', 'topic.txt');
  await git('checkout', 'main');
  await git('merge', '--no-ff', '-m', 'Merge pull request #3 from acme/topic', 'topic', { at: '2026-01-07T12:00:00Z' });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

type At = { at: string };
const git = async (...given: (string | At)[]): Promise<void> => {
  const args = given.filter((one) => typeof one === 'string');
  const at = given.find((one): one is At => typeof one !== 'string')?.at ?? '2026-01-05T12:00:00Z';
  const who = {
    GIT_AUTHOR_NAME: 'Ana',
    GIT_AUTHOR_EMAIL: 'ana@example.com',
    GIT_COMMITTER_NAME: 'Ana',
    GIT_COMMITTER_EMAIL: 'ana@example.com',
  };
  await run('git', ['-C', folder, ...args], {
    env: { PATH: process.env['PATH'], HOME: folder, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at, ...who },
  });
};
const commit = async (title: string, at: string, file = 'file.txt'): Promise<void> => {
  await writeFile(join(folder, file), `${title}\n`);
  await git('add', '.');
  await git('commit', '-m', title, { at });
};

type Ended = { code: number; out: string; err: string };
const changes = async (args: readonly string[], env: Record<string, string> = {}): Promise<Ended> => {
  const options = { env: { PATH: process.env['PATH'], INIT_CWD: folder, ...env } };
  return run(process.execPath, ['--import', './src/compile-cache.js', 'src/changes.ts', ...args], options).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
};
const toServer = () => ({ AIOPS_TOKEN: token, AIOPS: app.url });

test('preview composes with no server and prints Markdown', async () => {
  const { code, out, err } = await changes(['preview', '--since', 'v1.0.0']);
  expect([code, out]).toEqual([0, expect.stringContaining('### Fixed')]);
  expect(out).toMatch(/crash on start/i);
  expect(out + err).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  expect(out).not.toMatch(/first thing/);
  expect(err).toMatch(/\d+ commits: \d+ in \d+ entr(?:y|ies)/);
  expect(err).toContain('no leak list');
  const hidden = await changes(['preview', '--since', 'v1.0.0', '--leak', 'crash,topic.txt', '--omitted']);
  expect(hidden.out).toMatch(/Left out:\n {2}private +something private \([0-9a-f]{7}\)/);
  expect(hidden.out).not.toMatch(/crash|search/i);
  expect(hidden.err).not.toContain('no leak list');
});

test('a description longer than what git hands over at once is read whole, and so is what follows it', async () => {
  const long = await mkdtemp(join(tmpdir(), 'aiops-repo-'));
  const text = `feat: add a long story\n\n${'é€'.repeat(60_000)}\n`;
  const history = ['fix: crash on the first page', text, 'feat: add Überblick pages'].map((message, i) => {
    const bytes = Buffer.byteLength(message);
    return `commit refs/heads/main\ncommitter Ana <ana@example.com> ${1_767_600_000 + i} +0000\ndata ${bytes}\n${message}\nM 100644 inline f${i}.txt\ndata 1\n${i}\n`;
  });
  await run('git', ['init', '--quiet', '--initial-branch=main', long]);
  const importing = run('git', ['-C', long, 'fast-import', '--quiet']);
  importing.child.stdin?.end(history.join(''));
  await importing;
  const { out, err } = await changes(['preview', '--repo', long]);
  expect(err).toContain('3 commits: 3 in 3 entries');
  for (const told of ['Crash on the first page', 'Add a long story', 'Add Überblick pages']) expect(out).toContain(told);
  await rm(long, { recursive: true, force: true });
});

test('push sends commits and tags, and knows what it sent before', async () => {
  const first = await changes(['push', '--all'], toServer());
  expect([first.code, first.out]).toEqual([0, '4 commits and 1 tag of acme/tool: 5 new, 0 known before.\n']);
  expect((await changes(['push', '--since', 'v1.0.0'], toServer())).out).toContain('0 new, 4 known before');
  const found = await findChanges(app, { system: 'acme/tool' });
  expect(found.filter(({ kind }) => kind === 'RELEASE').map(({ title }) => title)).toEqual(['v1.0.0']);
});

test('without --since it begins at the last tag and says so; the proposal names the next release', async () => {
  const { out, err } = await changes(['preview']);
  expect(out).not.toContain('first thing');
  expect(err).toContain('Since v1.0.0, the last tag; --all begins at the first commit.');
  expect(err).toContain('Proposed: minor, v1.1.0 (');
  const pushed = await changes(['push'], toServer());
  expect([pushed.err, pushed.out]).toEqual([expect.stringContaining('Since v1.0.0'), expect.stringContaining('3 commits and 1 tag')]);
  // A build of a release wants what came after the release before it.
  await git('tag', 'v1.1.0');
  expect((await changes(['preview'])).err).toContain('Since v1.0.0');
  await git('tag', '-d', 'v1.1.0');
  const changelog = await generated(app, { scope: { systems: ['acme/tool'] }, lastTag: '1.0.0', to: '2026-02-01T00:00:00Z' });
  expect(changelog.semver).toMatchObject({ bump: 'MINOR', version: 'v1.1.0' });
  const asked = await generateChangelog(app, { scope: { systems: ['acme/tool'] }, lastTag: '1.0.1', audience: 'ENGINEERS' });
  expect(asked.userErrors[0]?.message).toContain('did you mean "v1.0.0"?');
});

test('a part of a repository is told by its folder, since its own last tag', async () => {
  const mono = await mkdtemp(join(tmpdir(), 'aiops-mono-'));
  const inIt = (...args: string[]): Promise<unknown> =>
    run('git', ['-C', mono, '-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', ...args]);
  const change = async (title: string, file: string): Promise<void> => {
    await mkdir(join(mono, file, '..'), { recursive: true });
    await writeFile(join(mono, file), title);
    await inIt('add', '.');
    await inIt('commit', '-m', title);
  };
  await inIt('init', '--initial-branch=main');
  await change('feat: add the api', 'packages/api/a.ts');
  await inIt('tag', 'api@0.4.0');
  await change('feat: add totals to invoices', 'packages/api/b.ts');
  await change('feat: add a dark theme', 'packages/web/b.ts');
  await inIt('tag', 'web@3.0.0');
  await change('fix: totals of empty invoices are shown as NaN', 'packages/api/b.ts');
  const { out, err } = await changes(['preview', '--repo', mono, '--path', './packages/api/']);
  await rm(mono, { recursive: true, force: true });
  expect(out).toContain('Add totals to invoices');
  expect(out).not.toMatch(/dark theme|the api/);
  expect(err).toContain('Since api@0.4.0, the last tag of packages/api');
  expect(err).toContain('Proposed: minor, api@0.5.0 (');
});

test('a commit written before a release and merged after it belongs to the next release', async () => {
  await changes(['push', '--all'], toServer());
  const changelog = await generated(app, { scope: { systems: ['acme/tool'] }, lastTag: 'v1.0.0', to: '2026-02-01T00:00:00Z' });
  const told = changelog.entries.flatMap(({ changes: of }) => of.map(({ title }) => title));
  const left = changelog.omitted.edges.map(({ node }) => node.change.title);
  expect([...told, ...left].sort()).toEqual([
    'Merge pull request #3 from acme/topic',
    'feat: add search to the list',
    'fix: crash on start (#2)',
  ]);
});

test('the file it is put into is written once, with the version and links to requests', async () => {
  const file = join(folder, 'CHANGES.md');
  await writeFile(file, '# Changes\n\n## Unreleased\n\n- soon\n\n## 1.0.0\n\n- first\n');
  const args = ['preview', '--since', 'v1.0.0', '--version', '1.1.0', '--into', 'CHANGES.md'];
  expect((await changes(args)).err).toContain(`${file} has 1.1.0 now.\n`);
  const written = await readFile(file, 'utf8');
  expect(written).toMatch(
    /- soon\n\n## 1\.1\.0 - 2026-01-07\n\n[\s\S]*\[#2\]\(https:\/\/github\.com\/acme\/tool\/issues\/2\)[\s\S]*## 1\.0\.0/,
  );
  const again = await changes([...args, '--json']);
  expect(again.err).toContain('nothing was written');
  expect(JSON.parse(again.out)).toMatchObject({ omitted: expect.any(Array) });
  await rm(file);
});

test.each([
  [['push'], {}, 'AIOPS_TOKEN is not set'],
  [['push'], { AIOPS_TOKEN: 'aiops_svc_wrong' }, 'token was not accepted'],
  [['push', '--url', 'nonsense'], { AIOPS_TOKEN: 'x' }, 'not the address of a server'],
  [['preview', '--since', 'v9'], {}, "no tag, branch or commit 'v9'"],
  [['push', '--since', '1.0'], { AIOPS_TOKEN: 'x' }, "no tag, branch or commit '1.0'. Did you mean 'v1.0.0'?"],
  [['preview', '--since', 'v1.0.0', '--all'], {}, 'not both'],
  [['preview', '--path', 'nowhere'], {}, 'no commits after v1.0.0 that touch nowhere'],
  [['preview', '--repo', '/'], {}, 'not a git repository'],
  [['preview', '--audience', 'cats'], {}, 'one of engineers'],
  [['preview', '--into', '/tmp'], {}, "'/tmp' cannot be read"],
  [['explode'], {}, 'not a command'],
  [['preview', '--what'], {}, '--what'],
])('law 13: %j with %o ends in a sentence', async (args, env, sentence) => {
  const { code, err, out } = await changes(args, { AIOPS: app.url, ...env });
  expect([code, out, err]).toEqual([1, '', expect.stringContaining(sentence)]);
  expect(err).not.toMatch(/^\s+at /m);
});

test('of a shallow clone it says that the rest is not there', async () => {
  const clone = await mkdtemp(join(tmpdir(), 'aiops-shallow-'));
  await run('git', ['clone', '--quiet', '--depth', '1', '--no-tags', `file://${folder}`, clone]);
  const { code, err } = await changes(['preview', '--repo', clone]);
  expect([code, err]).toEqual([0, expect.stringContaining('git fetch --unshallow --tags')]);
  await rm(clone, { recursive: true });
});

test('a merge request of GitLab leads to itself, and a key of a tracker is shown', async () => {
  const lab = await mkdtemp(join(tmpdir(), 'aiops-lab-'));
  const inLab = (...args: string[]): Promise<unknown> =>
    run('git', ['-C', lab, '-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', ...args]);
  await inLab('init', '--initial-branch=main');
  await inLab('remote', 'add', 'origin', 'https://gitlab.com/acme/lab.git');
  await inLab('commit', '--allow-empty', '-m', '[LAB-7] Add the first list');
  await inLab('checkout', '-b', 'stamps');
  await inLab('commit', '--allow-empty', '-m', 'feat: add stamps');
  await inLab('checkout', 'main');
  await inLab('merge', '--no-ff', '-m', "Merge branch 'stamps' into 'main'\n\nAdd stamps\n\nSee merge request acme/lab!31", 'stamps');
  const { out } = await changes(['preview', '--repo', lab]);
  await rm(lab, { recursive: true, force: true });
  expect(out).toContain('- Add stamps ([!31](https://gitlab.com/acme/lab/-/merge_requests/31))');
  expect(out).toContain('- Add the first list (LAB-7)');
});

test('a preview folds the fix of what was never released, and tells that of what a tag between released', async () => {
  const tagged = await mkdtemp(join(tmpdir(), 'aiops-tagged-'));
  const inIt = (...args: string[]): Promise<unknown> =>
    run('git', ['-C', tagged, '-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', ...args]);
  const change = (title: string): Promise<unknown> => inIt('commit', '--allow-empty', '-m', title);
  await inIt('init', '--initial-branch=main');
  await change('feat: a start');
  await inIt('tag', 'v1.0.0');
  await change('feat: add gift cards (#10)');
  await inIt('tag', '-a', '-m', 'January', 'v1.1.0');
  await change('feat: add saved searches (#12)');
  await change('fix: gift cards are lost, regression of #10 (#11)');
  await change('fix: saved searches on phones (#13)');
  const { out, err } = await changes(['preview', '--repo', tagged, '--since', 'v1.0.0', '--omitted']);
  await rm(tagged, { recursive: true, force: true });
  expect(out).toMatch(/- Gift cards are lost \(#11, #10\)/);
  expect(out).toMatch(/Left out:\n {2}unreleased-fix +fix: saved searches on phones \(#13\) \([0-9a-f]{7}\)\n$/);
  expect(err).toContain('4 commits: 3 in 3 entries, 1 left out.');
});

test('reading a repository runs none of the programs it names', async () => {
  const ran = join(folder, 'ran');
  const program = join(folder, 'program.sh');
  await writeFile(program, `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
  for (const [name, value] of [
    ['core.fsmonitor', program],
    ['core.sshCommand', program],
    ['core.pager', program],
    ['diff.external', program],
    ['log.showSignature', 'true'],
    ['gpg.program', program],
    ['extensions.partialClone', 'origin'],
    ['remote.origin.promisor', 'true'],
    ['remote.origin.url', 'ssh://nobody@127.0.0.1:9/acme/tool.git'],
  ] as const)
    await git('config', name, value);
  // What a partial clone lacks it would fetch.
  const tree = (await run('git', ['-C', folder, 'rev-parse', 'v1.0.0^{tree}'])).stdout.trim();
  const object = join(folder, '.git', 'objects', tree.slice(0, 2), tree.slice(2));
  await rm(object, { force: true });
  const { code, err } = await changes(['preview', '--since', 'v1.0.0']);
  await expect(access(ran)).rejects.toThrow('ENOENT');
  expect([code, err]).toEqual([1, expect.stringContaining('could not read the history')]);
});
