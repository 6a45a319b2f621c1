import { randomBytes } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { type Change, findReferences, matchesGlob, NO_MESSAGE, none } from '#src/changelog/changes/index.ts';
import { cutText } from '#src/changelog/intake/cut-text.ts';
import { withoutSteering } from '#src/changelog/intake/without-steering.ts';
import { AppError } from '#src/core/errors.ts';
import { findBrought } from './brought-by-merges.ts';
import { askGit, endOf, type Here, startGit } from './git.ts';
import { nearestTag } from './nearest-tag.ts';

export type GitRange = Here & {
  /** Tag, branch or sha that was released before; everything up to `to` where there is none. */
  from?: string;
  /** HEAD when not given. */
  to?: string;
  /** Folders or globs below the repository's root: only what touches one of them. */
  paths?: readonly string[];
  /** What the changes are filed under; else 'owner/name' of the remote 'origin', else the folder's name. */
  system?: string;
};

// A commit that touches more is told by its number of files; a longer body is a log or a list, not a description.
const mostPaths = 100;
const longestBody = 8000;
const fields = 5;

/**
 * The commits of a range, newest first, with the files they touch and what merges brought in. Reads git's own output as it comes; git is killed
 * when the signal aborts. Runs nothing the repository's own settings name.
 * @throws {AppError} BAD_INPUT where there is no repository or no git, NOT_FOUND for a tag, branch or sha it does not have
 */
export const readGit = async ({
  folder,
  environment,
  signal,
  from,
  to = 'HEAD',
  paths: within = [],
  system,
}: GitRange): Promise<Change[]> => {
  const here = { folder: resolve(folder), environment, signal };
  await checkRepository(here);
  const remote = await findRemote(here);
  const name = system ?? remote?.name ?? basename(here.folder);
  const end = await findCommit(here, to);
  const start = from === undefined ? null : await findCommit(here, from);
  const changes: Change[] = [];
  // A path comes up a hundred times: one string for all.
  const paths = new Map<string, string>();
  const intern = (path: string): string => {
    const known = paths.get(path);
    if (known !== undefined) return known;
    paths.set(path, path);
    return path;
  };
  const parents = new Map<string, readonly string[]>();
  const marker = randomBytes(9).toString('base64url');
  for await (const record of readRecords(here, marker, start === null ? [end] : [end, `^${start}`])) {
    const [sha = '', above = '', seconds = '', title = '', body = '', ...touched] = record;
    parents.set(sha, above === '' ? [] : above.split(' '));
    if (within.length > 0 && !touched.some((path) => within.some((glob) => matchesGlob(path, glob)))) continue;
    changes.push(
      toChange({
        sha,
        seconds,
        title,
        body,
        files: touched.length,
        paths: touched.slice(0, mostPaths).map(intern),
        system: name,
        address: remote?.address ?? null,
        merge: above.includes(' '),
      }),
    );
  }
  const brought = findBrought(end, parents);
  for (const change of changes) change.merged = brought.get(change.id) ?? none;
  return changes;
};

type Row = {
  sha: string;
  seconds: string;
  title: string;
  body: string;
  files: number;
  paths: string[];
  system: string;
  address: string | null;
  merge: boolean;
};

const toChange = ({ sha, seconds, title, body, files, paths, system, address, merge }: Row): Change => {
  const kept = cutText(withoutSteering(body).trim(), longestBody);
  const shown = withoutSteering(title).trim();
  const { own, closes } = findReferences(shown, kept, system);
  return {
    id: sha,
    source: 'git',
    system,
    kind: merge ? 'merge' : 'commit',
    title: shown || NO_MESSAGE,
    body: kept,
    refs: own.length + closes.length === 0 ? none : [...new Set([...own, ...closes])],
    labels: none,
    paths: paths.map(withoutSteering),
    filesChanged: files,
    breaking: false,
    time: Number(seconds) * 1000,
    url: address === null ? null : `${address}/commit/${sha}`,
    sha,
    merged: none,
  };
};

/** Fields and file names of a commit, all ended by NUL; a marker nobody can guess stands before each commit. */
async function* readRecords(here: Here, marker: string, range: readonly string[]): AsyncGenerator<string[]> {
  const format = [marker, '%H', '%P', '%ct', '%s', '%b', ''].join('%x00');
  const git = startGit(here, [
    'log',
    '-z',
    '--no-color',
    '--no-show-signature',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--no-notes',
    '--no-mailmap',
    '--encoding=UTF-8',
    '--diff-merges=first-parent',
    '--name-only',
    `--format=tformat:${format}`,
    '--end-of-options',
    ...range,
    '--',
  ]);
  const ended = endOf(git, here.signal);
  try {
    let record: string[] | undefined;
    for await (const texts of readTexts(git.stdout)) {
      for (const part of texts) {
        if (part === marker) {
          if (record) yield record;
          record = [];
          continue;
        }
        const text = record !== undefined && record.length >= fields ? part.replace(/^\n/, '') : part;
        if (record && (record.length < fields || text !== '')) record.push(text);
      }
    }
    const { code, complaint } = await ended;
    if (code !== 0) throw new AppError('BAD_INPUT', `git could not read the history of '${here.folder}': ${firstLine(complaint)}`);
    if (record) yield record;
  } finally {
    git.kill();
  }
}

/** Texts ended by NUL. Each is made for itself: a piece of a longer string would keep all of that alive. */
async function* readTexts(output: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let waiting: Buffer[] = [];
  for await (const chunk of output) {
    let end = chunk.indexOf(0);
    if (end === -1) {
      waiting.push(chunk);
      continue;
    }
    const texts = [Buffer.concat([...waiting, chunk.subarray(0, end)]).toString()];
    let start = end + 1;
    for (end = chunk.indexOf(0, start); end !== -1; end = chunk.indexOf(0, start)) {
      texts.push(chunk.toString('utf8', start, end));
      start = end + 1;
    }
    waiting = [chunk.subarray(start)];
    yield texts;
  }
}

const checkRepository = async (here: Here): Promise<void> => {
  const { code, complaint } = await askGit(here, ['rev-parse', '--git-dir']);
  if (code === 0) return;
  if (/dubious ownership/.test(complaint))
    throw new AppError(
      'BAD_INPUT',
      `'${here.folder}' belongs to somebody else, so git does not read it. Run it as its owner, or tell git that it is safe (git config --global --add safe.directory).`,
    );
  throw new AppError('BAD_INPUT', `'${here.folder}' is not a git repository. Name the folder of one.`);
};

const findCommit = async (here: Here, name: string): Promise<string> => {
  const { code, text } = await askGit(here, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  if (code === 0) return text.trim();
  throw new AppError('NOT_FOUND', `The repository has no tag, branch or commit '${name}'. ${await adviceFor(here, name)}`);
};

const adviceFor = async (here: Here, name: string): Promise<string> => {
  if (name === 'HEAD') return 'It has no commits yet.';
  const { text } = await askGit(here, ['for-each-ref', '--sort=-creatordate', '--format=%(refname:strip=2)', 'refs/tags', 'refs/heads']);
  const nearest = nearestTag(name, text.split('\n').filter(Boolean));
  const fetching = 'Fetch all tags and the whole history (git fetch --tags; in a shallow clone also --unshallow) or name another.';
  return nearest === null ? fetching : `Did you mean '${nearest}'? ${fetching}`;
};

/** 'owner/name' and the address to look at, from the remote 'origin'. A password in the remote's address is no part of either. */
const findRemote = async (here: Here): Promise<{ name: string; address: string | null } | null> => {
  const { text } = await askGit(here, ['config', '--get', 'remote.origin.url']);
  const match = /^(?:[a-z+]+:\/\/(?:[^@/]*@)?([\w.-]+)(?::\d+)?\/|(?:[^@\s/]+@)?([\w.-]+):)(.+?)(?:\.git)?\/?$/i.exec(text.trim());
  const path = match?.[3];
  if (!path || !/^[\w.-]+(?:\/[\w.-]+)+$/.test(path)) return null;
  const host = match?.[1] ?? match?.[2] ?? '';
  const address = /(?:^|\.)gitlab\./i.test(host)
    ? `https://${host}/${path}/-`
    : /(?:^|\.)github\./i.test(host)
      ? `https://${host}/${path}`
      : null;
  return { name: path, address };
};

const firstLine = (text: string): string =>
  text
    .trim()
    .split('\n', 1)[0]
    ?.replace(/^fatal: /, '') || 'no reason given.';
