import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bareGlob, nextVersion } from './changelog/changes/index.ts';
import type { Audience } from './changelog/changes/types.ts';
import { isShallow } from './changelog/git/is-shallow.ts';
import { asLanded } from './changelog/git/landed.ts';
import { findLastTag } from './changelog/git/last-tag.ts';
import { readGit } from './changelog/git/read-git.ts';
import { readMainLine } from './changelog/git/read-main-line.ts';
import { readTags } from './changelog/git/read-tags.ts';
import { withoutSteering } from './changelog/intake/without-steering.ts';
import { omittedLines, previewChanges } from './changelog/preview.ts';
import { pushChanges } from './changelog/push-changes.ts';
import { count } from './changelog/report.ts';
import { callersEnvironment, callersFolder, clientSettings } from './config.ts';
import { AppError, isAppError } from './core/errors.ts';
import { createProgressBar } from './terminal/progress-bar.ts';

const usage = `Usage: npm run changes -- preview [--repo FOLDER] [--since TAG | --all] [--to TAG] [--path FOLDER]
                                     [--audience engineers|customers|company] [--version NAME] [--into CHANGELOG.md] [--leak WORD,GLOB] [--omitted] [--json]
       npm run changes -- push    [--repo FOLDER] [--since TAG | --all] [--to TAG] [--path FOLDER] [--system owner/name]
                                     [--url http://…]
Both begin at the last tag before --to (HEAD) where no --since is given, and at the first commit with --all. --path keeps to what touches a
folder of the repository, and to its own tags (api@1.4.0), where it has some.
preview  composes a changelog of a repository's commits and prints it as Markdown; needs no server, no network and no key.
         --version names the release. --into writes it into that file, in its place: what people wrote there stays.
         --leak names what must not show: words, and places (internal/**) whose changes stay out. A server's own list is not known here.
         --omitted shows what was left out, and why.
push     sends the commits and tags to a server, which knows those it has already. The token is in AIOPS_TOKEN (scope CHANGES_WRITE),
         the server in --url or AIOPS.`;

const audiences: readonly string[] = ['engineers', 'customers', 'company'];

type Options = {
  command: 'preview' | 'push';
  folder: string;
  /** Everything, from the first commit on. */
  all: boolean;
  /** Folders or globs below the repository's root. */
  paths: readonly string[];
  since?: string | undefined;
  to?: string | undefined;
  system?: string | undefined;
  audience: Audience;
  json: boolean;
  leakList: string[];
  omitted: boolean;
  version: string | undefined;
  /** Path of a file. */
  into: string | undefined;
  url?: string | undefined;
};

const main = async (): Promise<void> => {
  const options = parseOptions();
  if (!options) return console.log(usage);
  const stopping = new AbortController();
  process.once('SIGINT', () => stopping.abort(new AppError('CANCELLED', 'Stopped.')));
  await (options.command === 'preview' ? preview : push)(options, stopping.signal);
};

/** Where nobody says since when: since the last release. */
const sinceOf = async ({ folder, all, paths, since, to }: Options, signal: AbortSignal): Promise<string | undefined> => {
  if (since) return since;
  const here = { folder, environment: callersEnvironment(), signal };
  const last = all ? null : await findLastTag(here, { folders: paths, ...(to ? { to } : {}) });
  if (last === null && (await isShallow(here)))
    console.error('This clone is shallow: only its newest commits are read. git fetch --unshallow --tags brings the rest.');
  if (last !== null)
    console.error(`Since ${last}, the last tag${paths.length > 0 ? ` of ${paths.join(', ')}` : ''}; --all begins at the first commit.`);
  return last ?? undefined;
};

const read = ({ folder, since, to, paths, system }: Options, signal: AbortSignal) =>
  readGit({
    folder,
    environment: callersEnvironment(),
    signal,
    paths,
    ...(since ? { from: since } : {}),
    ...(to ? { to } : {}),
    ...(system ? { system } : {}),
  });

const noCommits = ({ since, paths }: Options): string =>
  `There are no commits${since ? ` after ${since}` : ''}${paths.length > 0 ? ` that touch ${paths.join(' or ')}` : ''}`;

const preview = async (given: Options, signal: AbortSignal): Promise<void> => {
  const options = { ...given, since: await sinceOf(given, signal) };
  const { audience, json, since, version, into, leakList } = options;
  const commits = await read(options, signal);
  const [first] = commits;
  if (!first) throw new AppError('NOT_FOUND', `${noCommits(options)}.`);
  const here = { folder: options.folder, environment: callersEnvironment(), signal };
  const [line, releases] = [await readMainLine(here, options.to ?? 'HEAD'), await readTags(here, first.system, options.to)];
  const changes = asLanded(commits, line);
  const file = into === undefined ? undefined : await readFile(into, 'utf8').catch(whenMissing(into));
  const { changelog, omitted, markdown } = previewChanges(changes, { audience, leakList, version, into: file, releases });
  if (into === undefined) {
    if (!json) process.stdout.write(changelog.entries.length > 0 ? markdown : `${markdown}\nNothing for these readers.\n`);
  } else if (markdown === file) console.error(`${into} has all of it already; nothing was written.`);
  else {
    await writeFile(into, markdown);
    console.error(`${into} has ${version ?? 'the section Unreleased'} now.`);
  }
  const { bump, reason } = changelog.semver;
  const next = since === undefined ? null : nextVersion(since, bump);
  if (json) console.log(JSON.stringify({ ...changelog, semver: { bump, reason, version: next }, omitted }));
  else if (options.omitted)
    process.stdout.write(omitted.length === 0 ? '\nNothing was left out.\n' : `\nLeft out:\n${omittedLines(omitted)}`);
  if (leakList.length === 0) console.error('Nothing is hidden: there is no leak list here (--leak).');
  const told = changes.length - changelog.omitted.length;
  console.error(
    `${count(changes.length, 'commit')}: ${told} in ${count(changelog.entries.length, 'entry', 'entries')}, ${omitted.length} left out. Proposed: ${bump}${next === null ? '' : `, ${next}`} (${reason}).`,
  );
};

const whenMissing =
  (file: string) =>
  (error: NodeJS.ErrnoException): string => {
    if (error.code === 'ENOENT') return '';
    throw new AppError('BAD_INPUT', `'${file}' cannot be read (${error.code}).`, { cause: error });
  };

const push = async (given: Options, signal: AbortSignal): Promise<void> => {
  const { url: envUrl, token } = clientSettings();
  if (!token) throw new AppError('CONFIG', 'AIOPS_TOKEN is not set. Make a token with the scope CHANGES_WRITE and put it there.');
  const url = given.url ?? envUrl;
  if (!URL.canParse(url) || !/^https?:/i.test(url))
    throw new AppError('BAD_INPUT', `"${url}" is not the address of a server; write it like https://aiops.example.com.`);
  const options = { ...given, since: await sinceOf(given, signal) };
  const here = { folder: options.folder, environment: callersEnvironment(), signal };
  const commits = await read(options, signal);
  const system = commits[0]?.system;
  if (!system) return console.log(`${noCommits(options)}; nothing was sent.`);
  const bar = createProgressBar(process.stderr);
  const [line, releases] = [await readMainLine(here, options.to ?? 'HEAD'), await readTags(here, system)];
  // Oldest first: what is cut off in the middle is continued from there.
  const all = asLanded([...commits.toReversed(), ...releases], line);
  try {
    const { created, known } = await pushChanges(all, { url, token, signal, onProgress: (share) => bar.show('Sending', share) });
    bar.stop();
    console.log(
      `${count(commits.length, 'commit')} and ${count(releases.length, 'tag')} of ${system}: ${created} new, ${known} known before.`,
    );
  } finally {
    bar.stop();
  }
};

const parseOptions = (): Options | null => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      repo: { type: 'string', default: '.' },
      since: { type: 'string' },
      all: { type: 'boolean', default: false },
      path: { type: 'string', multiple: true, default: [] },
      to: { type: 'string' },
      system: { type: 'string' },
      audience: { type: 'string', default: 'engineers' },
      json: { type: 'boolean', default: false },
      version: { type: 'string' },
      into: { type: 'string' },
      leak: { type: 'string', multiple: true, default: [] },
      url: { type: 'string' },
      omitted: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [command, ...more] = positionals;
  if (values.help || command === undefined) return null;
  if ((command !== 'preview' && command !== 'push') || more.length > 0)
    throw new AppError('BAD_INPUT', `"${[command, ...more].join(' ')}" is not a command here.\n${usage}`);
  if (!audiences.includes(values.audience)) throw new AppError('BAD_INPUT', `The audience is one of ${audiences.join(', ')}.`);
  if (values.since && values.all) throw new AppError('BAD_INPUT', 'Say --since TAG or --all, not both.');
  const { repo, audience, into, version, leak, path, ...others } = values;
  return {
    command,
    folder: resolve(callersFolder(), repo),
    audience: audience as Audience,
    paths: path.map(bareGlob).filter((folder) => folder !== '' && folder !== '.'),
    leakList: leak.flatMap((words) => words.split(',')).filter((word) => word.trim() !== ''),
    into: into && resolve(callersFolder(), into),
    version: version?.trim() || undefined,
    ...others,
  };
};

main().catch((error: unknown) => {
  const expected = isAppError(error) || String((error as { code?: unknown }).code ?? '').startsWith('ERR_PARSE_ARGS');
  // A repository's names are in some of them.
  console.error(withoutSteering(expected ? (error as Error).message : String((error as Error).stack ?? error)));
  process.exitCode = 1;
});
