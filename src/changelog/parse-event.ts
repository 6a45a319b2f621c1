import type { ChangeKind } from './changes/types.ts';
import { cutText } from './cut-text.ts';
import { eventRules } from './event-rules.ts';
import { parseEventFields } from './parse-event-fields.ts';
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
 * Reads a bot's message: a block of `key: value` lines, or a sentence as deploy tools, flag services, Terraform, Argo CD and migration
 * runners write them. Null when it tells of nothing that has changed: plans, starts, failures and questions change nothing.
 */
export const parseEvent = (message: string): ChangeEvent | null => {
  const { text, urls } = fromSlack(message.slice(0, MOST_CHARACTERS));
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const fields = parseEventFields(lines);
  if (fields === 'not a change') return null;
  if (fields) return { ...fields, url: fields.url ?? urls[0] };
  for (const [place, line] of lines.entries()) {
    if (leftAsItWas.test(line) || clausesOf(line).some(isVerdict)) return null;
    const found = matchRule(line.slice(0, MOST_IN_A_LINE));
    if (!found) continue;
    if (found.nothing) return null;
    const { system, kind } = found;
    return {
      kind,
      system: system ?? systemIn(lines) ?? unnamed[kind] ?? 'company',
      title: cutText(line, MOST_TITLE),
      body: lines.filter((_, other) => other !== place).join('\n'),
      labels: [],
      breaking: false,
      time: undefined,
      url: urls[0],
    };
  }
  return null;
};

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

const matchRule = (line: string): { system: string | undefined; kind: ChangeKind; nothing: boolean } | null => {
  for (const [kind, pattern] of eventRules) {
    const found = pattern.exec(line);
    if (found)
      return { kind, system: found.groups?.['system']?.replaceAll(' ', '-'), nothing: nothingChanged.test(clauseAround(line, found)) };
  }
  return null;
};

/** What was found, with the rest of the clauses it begins and ends in. */
const clauseAround = (line: string, { index, 0: words }: RegExpExecArray): string => {
  const ends = [...line.matchAll(clauseEnd)].map((end) => end.index);
  const begin = ends.findLast((end) => end < index);
  const end = ends.find((one) => one >= index + words.length);
  return line.slice(begin === undefined ? 0 : begin + 1, end);
};

const systemIn = (lines: readonly string[]): string | undefined => {
  for (const line of lines) {
    const found =
      /^(?:workspace|stack|service|application|app|project|system|repository|database|cluster)\s*[:=]\s*["']?([\w./-]{1,80})/i.exec(line);
    if (found?.[1]) return found[1];
  }
  return undefined;
};

const unnamed: Partial<Record<ChangeKind, string>> = { infrastructure: 'infrastructure', database: 'database', config: 'configuration' };
