import { spawn } from 'node:child_process';
import { once } from 'node:events';

const verbs = ['Add', 'Fix', 'Improve', 'Remove', 'Change', 'Support', 'Refactor', 'Document', 'Test', 'Bump', 'Prevent', 'Allow'];
const types = ['feat', 'fix', 'perf', 'refactor', 'docs', 'test', 'chore', 'ci', 'build', 'style'];
const things = [
  'login',
  'invoice export',
  'search index',
  'retry policy',
  'upload form',
  'audit trail',
  'rate limit',
  'cache',
  'time zone picker',
  'web hook',
];
const places = [
  'for teams',
  'on slow networks',
  'in the mobile view',
  'when the session ends',
  'with large files',
  'after a restart',
  'under load',
];
const folders = ['src/api', 'src/web', 'src/core', 'tests/api', 'docs', '.github/workflows', 'packages/client/src'];

/**
 * A real git repository of so many commits: squash merges, conventional and plain titles, merges of branches, reverts, bumps, and a changelog
 * that is sometimes written along. Always the same for the same number.
 */
export const generateRepository = async (folder: string, commits: number): Promise<void> => {
  await run(folder, ['init', '--quiet', '--initial-branch=main', '.']);
  const git = spawn('git', ['-C', folder, 'fast-import', '--quiet', '--force'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const closed = once(git, 'close');
  for (const text of historyOf(commits)) if (!git.stdin.write(text)) await once(git.stdin, 'drain');
  git.stdin.end();
  const [code] = await closed;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}.`);
};

const run = async (folder: string, args: string[]): Promise<void> => {
  const [code] = await once(spawn('git', ['-C', folder, ...args], { stdio: ['ignore', 'ignore', 'inherit'] }), 'close');
  if (code !== 0) throw new Error(`git ${args[0]} ended with ${code}.`);
};

function* historyOf(commits: number): Generator<string> {
  const draw = createDraw();
  const pick = (list: readonly string[]): string => list[draw(list.length)] ?? '';
  let last = 'Start';
  for (let i = 1, branch = 0; i <= commits; i++) {
    const merges = branch > 0 && (branch >= 5 || draw(3) === 0);
    const onBranch = i > 1 && !merges && (branch > 0 || draw(12) === 0) && i + 1 < commits;
    const title = merges ? `Merge pull request #${i} from someone/branch-${i}` : titleOf(i, pick, draw, last);
    const body = merges ? `${pick(verbs)} ${pick(things)} ${pick(places)} (${i})` : draw(3) === 0 ? bodyOf(i, pick, draw) : '';
    const ref = onBranch ? 'refs/heads/work' : 'refs/heads/main';
    const parents = i === 1 ? '' : onBranch && branch === 0 ? 'from refs/heads/main\n' : merges ? 'merge refs/heads/work\n' : '';
    yield `commit ${ref}\ncommitter Somebody <somebody@example.com> ${1_600_000_000 + i * 60} +0000\n${data(`${title}\n\n${body}`)}${parents}${filesOf(i, pick, draw)}\n`;
    branch = merges ? 0 : onBranch ? branch + 1 : branch;
    if (!merges) last = title;
  }
}

const titleOf = (i: number, pick: (list: readonly string[]) => string, draw: (n: number) => number, last: string): string => {
  const what = `${pick(things)} ${pick(places)}`;
  const kind = draw(20);
  if (kind === 0) return `Revert "${last}"`;
  if (kind === 1) return `Bump package-${draw(300)} from 1.${draw(9)}.0 to 2.${draw(9)}.0 (#${i})`;
  if (kind < 10)
    return `${pick(types)}${draw(2) === 0 ? `(${pick(['api', 'web', 'core'])})` : ''}${draw(200) === 0 ? '!' : ''}: ${pick(verbs).toLowerCase()} ${what} ${i} (#${i})`;
  return `${pick(verbs)} ${what} ${i}${draw(2) === 0 ? ` (#${i})` : ''}`;
};

const bodyOf = (i: number, pick: (list: readonly string[]) => string, draw: (n: number) => number): string =>
  `People asked for ${pick(things)} ${pick(places)}; this makes it work.\nIt was seen ${draw(90)} times last month.\n\nCloses #${Math.max(1, i - draw(40))}`;

const filesOf = (i: number, pick: (list: readonly string[]) => string, draw: (n: number) => number): string => {
  const paths = new Set(Array.from({ length: 1 + draw(4) }, () => `${pick(folders)}/file-${draw(200)}.ts`));
  if (draw(10) === 0) paths.add('CHANGELOG.md');
  return [...paths].map((path) => `M 100644 inline ${path}\n${data(`${i}\n`)}`).join('');
};

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

const createDraw = (): ((n: number) => number) => {
  let state = 20_261;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4_294_967_296) * n);
  };
};
