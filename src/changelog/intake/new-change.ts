import { NO_MESSAGE } from '#src/changelog/changes/index.ts';
import type { Change, ChangeKind, ChangeSource } from '#src/changelog/changes/types.ts';
import { isWebAddress } from '#src/changelog/links.ts';
import { cutText } from './cut-text.ts';
import { withoutSteering } from './without-steering.ts';

/** A change on its way in. `externalKey` tells it from others of its source: the same again is the same change. */
export type NewChange = Omit<Change, 'id'> & {
  externalKey: string;
  /** Said where no remote engine may listen. */
  restricted: boolean;
  /** How many commits a request is made of, where its source says so. */
  commits: number | null;
  /** Slack's id of the channel in which a person noted it. */
  channel: string | null;
  /** Of when its words are, in milliseconds, where its source says so: older words never replace newer ones. */
  saidAt: number | null;
};

/** What is wrong with one part of a change, in a sentence. */
export type ChangeProblem = { field: string; message: string };

/** As a caller says it; what is left out is empty or not known. */
export type GivenChange = {
  key?: string | undefined;
  source: ChangeSource;
  system: string;
  kind: ChangeKind;
  title: string;
  body?: string | undefined;
  refs?: readonly string[] | undefined;
  labels?: readonly string[] | undefined;
  paths?: readonly string[] | undefined;
  filesChanged?: number | undefined;
  breaking?: boolean | undefined;
  time: Date;
  url?: string | undefined;
  sha?: string | undefined;
  merged?: readonly string[] | undefined;
  restricted?: boolean | undefined;
  commits?: number | undefined;
  channel?: string | undefined;
  saidAt?: Date | undefined;
};

const most = {
  title: 500,
  body: 20_000,
  system: 200,
  url: 2_000,
  key: 300,
  refs: 200,
  labels: 100,
  paths: 3_000,
  merged: 5_000,
  word: 500,
};
const DAY_MS = 24 * 3_600_000;
const SHA = /^[0-9a-f]{7,64}$/i;

/** Checked and cut to what is kept: long texts lose their end, nothing else is changed. `key` is used when the change brings none of its own. */
export const checkChange = (given: GivenChange, key: string | undefined, now: Date): NewChange | ChangeProblem[] => {
  const problems: ChangeProblem[] = [];
  const wrong = (field: string, message: string): void => void problems.push({ field, message });
  const isCommit = given.kind === 'commit' || given.kind === 'merge';
  const title = cutText(oneLine(given.title), most.title) || (isCommit ? NO_MESSAGE : '');
  if (title === '') wrong('title', 'The title is empty; say in a few words what changed.');
  const system = oneLine(given.system);
  if (system === '' || system.length > most.system)
    wrong('system', `The system needs 1 to ${most.system} characters, e.g. a repository like owner/name.`);
  if (Number.isNaN(given.time.getTime())) wrong('time', 'The time is not one; write it like 2026-01-31T12:00:00Z.');
  // A repository's clock may be wrong; what it made has landed by now. Others are asked.
  const ahead = given.time.getTime() > now.getTime() + DAY_MS;
  if (ahead && !isCommit && given.kind !== 'release')
    wrong('time', 'The time lies ahead; no changelog would tell of it. Say when it happened, and plans when they are done.');
  if (given.url && (given.url.length > most.url || !isWebAddress(given.url))) wrong('url', 'The url is not a web address (http or https).');
  if (given.sha && !SHA.test(given.sha)) wrong('sha', 'The sha is 7 to 64 hexadecimal digits.');
  const merged = given.merged ?? [];
  if (merged.some((sha) => !SHA.test(sha))) wrong('merged', 'Merged commits are named by their sha, 7 to 64 hexadecimal digits.');
  if (given.filesChanged !== undefined && (given.filesChanged < 0 || !Number.isInteger(given.filesChanged)))
    wrong('filesChanged', 'The number of files is 0 or more.');
  const sha = given.sha?.toLowerCase();
  const own = sha ? `commit:${system}@${sha}` : key;
  // Earlier versions named a commit without its system, which forks have in common.
  const externalKey = given.key === undefined || given.key === `commit:${sha}` ? own : given.key.toWellFormed();
  if (externalKey === undefined || externalKey.length > most.key || /\p{Cc}/u.test(externalKey))
    wrong(
      'key',
      `Give a key of 1 to ${most.key} characters, a sha, or an idempotencyKey for all: the same change sent twice must be known.`,
    );
  if (problems.length > 0 || externalKey === undefined) return problems;
  return {
    externalKey,
    source: given.source,
    system,
    kind: toldKind(given),
    title,
    body: cutText(
      withoutSteering(given.body ?? '')
        .toWellFormed()
        .trim(),
      most.body,
    ),
    refs: words(given.refs, most.refs),
    labels: words(given.labels, most.labels),
    paths: words(given.paths, most.paths),
    filesChanged: given.filesChanged ?? (given.paths && given.paths.length > 0 ? given.paths.length : null),
    breaking: given.breaking ?? false,
    time: (ahead ? now : given.time).getTime(),
    url: given.url || null,
    sha: sha ?? null,
    merged: merged.slice(0, most.merged).map((sha) => sha.toLowerCase()),
    restricted: given.restricted ?? false,
    commits: given.commits ?? null,
    channel: given.channel ?? null,
    saidAt: given.saidAt && !Number.isNaN(given.saidAt.getTime()) ? given.saidAt.getTime() : null,
  };
};

/** A release's name is where a changelog can begin, and no news; a sentence about one, which no repository wrote, is. */
const toldKind = ({ kind, source, title }: GivenChange): ChangeKind =>
  kind === 'release' && (source === 'api' || source === 'slack') && (title.trim().split(/\s+/).length > 3 || news.test(title))
    ? 'note'
    : kind;

const news = /\b(?:released?|shipped|launched|published|rolled out)\b/i;

const oneLine = (text: string): string =>
  withoutSteering(text.toWellFormed().replace(/[\0\u0085]/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

const words = (list: readonly string[] | undefined, count: number): string[] =>
  [...new Set((list ?? []).map((word) => cutText(oneLine(word), most.word)).filter((word) => word !== ''))].slice(0, count);
