import type { ChangeKind } from '#src/changelog/changes/types.ts';
import { cutText } from './cut-text.ts';
import { eventShapes } from './event-shapes.ts';
import { type EventFields, isUndone, parseEventFields, readFields } from './parse-event-fields.ts';
import { fromSlack } from './slack-text.ts';

/** What a message of another bot says that changed. */
export type ChangeEvent = {
  kind: ChangeKind;
  system: string;
  title: string;
  body: string;
  labels: string[];
  breaking: boolean;
  time: Date | undefined;
  url: string | undefined;
};

const MOST_CHARACTERS = 20_000;
const MOST_IN_A_LINE = 2_000;
const MOST_TITLE = 500;

/**
 * Reads a bot's message: a block of `key: value` lines, or one of the shapes in event-shapes.ts. Null when it tells of nothing that has
 * changed: plans, starts, failures and questions change nothing.
 */
export const parseEvent = (message: string): ChangeEvent | null => {
  const { text, urls } = fromSlack(message.slice(0, MOST_CHARACTERS));
  const lines = joinLabels(
    text
      .split('\n')
      .map((line) => line.replace(decoration, '').trim())
      .filter((line) => line !== ''),
  );
  const whole = parseEventFields(lines);
  if (whole === 'not a change') return null;
  if (whole) return { ...whole, url: whole.url ?? urls[0] };
  const fields = readFields(lines);
  if (isUndone(lines)) return null;
  for (const [place, line] of lines.entries()) {
    if (leftAsItWas.test(line) || clausesOf(line).some(isVerdict)) return null;
    const found = matchShape(line.slice(0, MOST_IN_A_LINE), text, { fields, lines });
    if (!found) continue;
    if (found.kind === 'nothing') return null;
    return {
      kind: found.kind,
      system: found.system ?? unnamed[found.kind] ?? 'company',
      title: cutText(found.title, MOST_TITLE),
      body: lines.filter((_, other) => other !== place).join('\n'),
      labels: [],
      breaking: false,
      time: undefined,
      url: urls[0],
    };
  }
  return null;
};

const decoration = /^(?:[\s•*-]|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F|\u200D)+/u;

/** Fields of blocks stand below their names: "Version:" and "2.1.0" are one. */
const joinLabels = (lines: readonly string[]): string[] => {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (last !== undefined && label.test(last) && !label.test(line)) joined[joined.length - 1] = `${last} ${line}`;
    else joined.push(line);
  }
  return joined;
};

const label = /^[A-Za-z][A-Za-z _-]{0,24}:$/;

// Words of their own: what is called "error-tracker" went well.
const nothingChanged =
  /(?<![\w-])(?:fail(?:ed(?! over)|ure|ing)?|error(?:ed)?|cancel(?:led|ed)|abort(?:ed)?|reject(?:ed)|denied|pending|queued|waiting|started|starting|in progress|will be|about to|needs (?:approval|confirmation)|plan(?:ned)?(?: and)? (?:finished|complete|to)|awaiting|out ?of ?sync|degraded|alert)(?![\w-])/i;
const leftAsItWas = /\?(?:\s|$)|\b0 added, 0 changed, 0 destroyed|\bno changes\b/i;

// "fixes login error" is no error.
const mends = /^(?:fix|mend|resolv|handl|improv|remov|avoid)/i;

/** Where one ends the next may be about something else: "Deployed api: fixes the login error". */
const clauseEnd = /[.;:!](?=\s)|\s[-–—|]\s|[()]/g;

const clausesOf = (line: string): string[] => line.split(clauseEnd);

/** A word or three that say how all of it ended: "failed", "Secret scanning alert", "Daily report". */
const isVerdict = (clause: string): boolean => {
  const words = clause.trim().split(/\s+/);
  return words.length <= 3 && !mends.test(words[0] ?? '') && (nothingChanged.test(clause) || /\breport$/i.test(clause.trim()));
};

type Matched = { kind: ChangeKind | 'nothing'; system: string | undefined; title: string };

const matchShape = (line: string, text: string, { fields, lines }: { fields: EventFields; lines: readonly string[] }): Matched | null => {
  for (const { kind, says, beside, title } of eventShapes) {
    const found = says.exec(line);
    if (!found || (beside && !beside.test(text))) continue;
    if (kind === 'nothing' || nothingChanged.test(clauseAround(line, found))) return { kind: 'nothing', system: undefined, title: line };
    const groups = found.groups ?? {};
    const system = groups['system']?.replaceAll(' ', '-') ?? fields.system ?? ownerIn(lines);
    const version = groups['version'] ?? fields.version ?? versionIn(lines);
    const environment = groups['environment'] ?? fields.environment;
    return { kind, system, title: title ? title({ line, system, version, environment, what: groups['what'] }) : withSystem(line, system) };
  }
  return null;
};

/** "Run applied" says little without what it ran on. */
const withSystem = (line: string, system: string | undefined): string =>
  system === undefined || line.toLowerCase().replaceAll(' ', '-').includes(system.toLowerCase())
    ? line
    : `${line.replace(/[.\s]+$/, '')} (${system})`;

/** What was found, with the rest of the clauses it begins and ends in. */
const clauseAround = (line: string, { index, 0: words }: RegExpExecArray): string => {
  const ends = [...line.matchAll(clauseEnd)].map((end) => end.index);
  const begin = ends.findLast((end) => end < index);
  const end = ends.find((one) => one >= index + words.length);
  return line.slice(begin === undefined ? 0 : begin + 1, end);
};

/** A line that is the name of a repository, of a workspace or of what a controller looks after, or begins with it. */
const ownerIn = (lines: readonly string[]): string | undefined => {
  for (const line of lines) {
    const [, kustomized, repository, project] = owner.exec(line) ?? [];
    if (kustomized ?? repository ?? project) return kustomized ?? repository ?? project;
  }
  return undefined;
};

const owner =
  /^(?:(?:kustomization|helmrelease)\/([\w-]+)\.[\w-]+|(?:run notification (?:from|for) )?\[?([A-Za-z][\w.-]{0,60}\/[\w.-]{1,60})\]?|([A-Za-z][\w./-]{0,60}) with job #?\d+\b.*)$/i;

/** A release's own line, "v1.2.0" or "v1.2.0 - Faster search". */
const versionIn = (lines: readonly string[]): string | undefined =>
  lines.map((line) => /^(v?\d+\.\d[\w.+-]*)(?: [-–—:] .*)?$/.exec(line)?.[1]).find((version) => version !== undefined);

const unnamed: Partial<Record<ChangeKind, string>> = { infrastructure: 'infrastructure', database: 'database', config: 'configuration' };
