import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBreakingChanges } from '#.ci/find-breaking-changes.ts';
import { root } from '#tests/house/source-files.ts';

const before = `
  type Query { log(id: ID!): Log logs: [Log!]! }
  type Log { id: ID! title: String status: Status! }
  enum Status { QUEUED DONE }
  input Filter { title: String }`;

describe('a breaking change', () => {
  test.each([
    ['a field that is taken away', before.replace('title: String status', 'status'), ['Log.title']],
    ['an answer that may be null now', before.replace('status: Status!', 'status: Status'), ['Log.status']],
    ['a new argument that must be given', before.replace('logs: [', 'logs(first: Int!): ['), ['Query.logs']],
    ['a type that is taken away', before.replace(/type Log \{.*\}/, '').replaceAll('Log', 'String'), ['Log', 'Query.log', 'Query.logs']],
    ['an enum value that is taken away', before.replace('QUEUED DONE', 'DONE'), ['Status.QUEUED']],
    ['a new field of an input that must be given', before.replace('title: String }', 'title: String by: ID! }'), ['Filter.by']],
  ])('is %s', (_, now, subjects) => {
    expect(
      findBreakingChanges(before, now)
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual([...subjects].sort());
  });

  test('is not one that only adds', () => {
    const now = before.replace('title: String status', 'title: String bytes: Int status').replace('QUEUED DONE', 'QUEUED RUNNING DONE');
    expect(findBreakingChanges(before, now)).toEqual([]);
  });
});

describe('check-compatibility.ts', () => {
  let folder: string;
  const git = (...args: string[]): void =>
    void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
  const check = (): { status: number | null; said: string } => {
    const { status, stderr } = spawnSync(process.execPath, ['.ci/check-compatibility.ts', 'HEAD'], { cwd: folder, encoding: 'utf8' });
    return { status, said: stderr };
  };
  const edit = async (path: string, change: (text: string) => string): Promise<void> =>
    writeFile(join(folder, path), change(await readFile(join(folder, path), 'utf8')));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aiops-compatibility-'));
    for (const path of ['.ci', 'db/migrations', 'graphql/generated', 'CHANGELOG.md', 'package.json'])
      await cp(join(root, path), join(folder, path), { recursive: true });
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, '.gitignore'), 'node_modules\n');
    git('init', '--quiet');
    git('add', '.');
    git('commit', '--quiet', '--message', 'base');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('is content when nothing changed, and with a new migration', async () => {
    expect(check()).toEqual({ status: 0, said: '' });
    await writeFile(join(folder, 'db/migrations/9999-more.ts'), '');
    expect(check()).toEqual({ status: 0, said: '' });
  });

  test('refuses an edited migration and a broken schema, until the changelog names what broke', async () => {
    await edit('db/migrations/0001-foundation.ts', (text) => `${text}\n`);
    await edit('graphql/generated/schema.graphql', (text) => text.replace(/^ {2}preview: String!$/m, ''));
    const { status, said } = check();
    expect(status).toBe(1);
    expect(said).toContain('db/migrations/0001-foundation.ts has landed and is never edited');
    expect(said).toContain('ApiToken.preview');
    git('checkout', '--quiet', 'db/migrations/0001-foundation.ts');
    await edit('CHANGELOG.md', (text) => text.replace('## [Unreleased]', '## [Unreleased]\n\n- `ApiToken.preview` is gone.'));
    expect(check()).toEqual({ status: 0, said: '' });
  });
});
