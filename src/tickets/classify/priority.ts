import { cutLong } from './clean-text.ts';
import type { TicketText } from './features.ts';
import { type Language, type PrioritySign, spokenIn } from './languages/index.ts';
import { withoutTrimmings } from './letter.ts';
import { around, type PriorityRule, priorityRules } from './priority-rules.ts';

export type Priority = 'P1' | 'P2' | 'P3' | 'P4';
export type Level = 'low' | 'medium' | 'high';

/** A phrase of the ticket that moved its priority, up or down: `quote` stands in the text at `start` of its title or body. */
export type PriorityReason = { field: 'title' | 'body'; quote: string; start: number; says: PrioritySign; raises: boolean };

/** `points` say how far inside its level each of the two is. */
export type PriorityJudgement = {
  priority: Priority;
  impact: Level;
  urgency: Level;
  points: { impact: number; urgency: number };
  reasons: PriorityReason[];
};

/**
 * Priority from impact and urgency as the words tell them, with those words. A word that is denied ("no outage") does not count, one that is asked
 * about or quoted counts half. Critical takes a trouble, said plainly, and another phrase that bears it out.
 */
export const judgePriority = ({ title = '', body }: TicketText): PriorityJudgement => {
  const parts = [
    toPart('title', title.slice(0, 1000), 1),
    // A body repeats and explains; what matters most stands in the title, where there is one.
    toPart('body', withoutTrimmings(cutLong(body)), title.trim() === '' ? 1 : 0.7),
  ];
  const spoken = spokenIn(`${title.slice(0, 1000)}\n${body}`);
  const found = priorityRules.flatMap((rule) => findPhrase(rule, parts, spoken) ?? []);
  const troubled = found.some(({ rule }) => isTrouble(rule));
  const points = { impact: 0, urgency: 0 };
  for (const { rule, share } of found) {
    const counts = share * (troubled || speaksAlone(rule) ? 1 : HALF);
    points.impact += (rule.impact ?? 0) * counts;
    points.urgency += (rule.urgency ?? 0) * counts;
  }
  const levels = { impact: toLevel(points.impact), urgency: toLevel(points.urgency) };
  const read = matrix[levels.impact][levels.urgency];
  const priority = read === 'P1' && !isBorneOut(found) ? 'P2' : read === 'P2' && isOneThingCalledUrgent(found) ? 'P3' : read;
  return {
    priority,
    ...levels,
    points,
    reasons: found
      .filter(({ rule }) => (troubled || speaksAlone(rule)) && (weightOf(rule) > 0 || priority !== read))
      .sort((x, y) => weightOf(y.rule) - weightOf(x.rule) || x.reason.start - y.reason.start)
      .map(({ reason }) => reason)
      .filter(
        (reason, place, all) =>
          !all.some((other, before) => before !== place && isWithin(reason, other) && !(before > place && isWithin(other, reason))),
      ),
  };
};

/** Where one phrase lies in another that says more, and both move it the same way, one is enough to be told. */
const isWithin = (one: PriorityReason, other: PriorityReason): boolean =>
  one.field === other.field &&
  one.raises === other.raises &&
  one.start >= other.start &&
  one.start + one.quote.length <= other.start + other.quote.length;

/** `share`: how much of a rule's points a phrase in it is worth; `quoted`: from where to where somebody else speaks. */
type Part = { field: 'title' | 'body'; text: string; share: number; quoted: (readonly [from: number, to: number])[] };
/** `plainly`: neither asked about nor quoted. */
type Phrase = { rule: PriorityRule; reason: PriorityReason; share: number; plainly: boolean };

// Asked about or quoted; or for all, in production or wanted by tomorrow without any trouble being named.
const HALF = 0.5;
const MOST_LOOKED_AT = 20;

const quotation =
  /"[^"\n]{1,300}"|“[^”\n]{1,300}”|„[^“”"\n]{1,300}[“”"]|«[^»\n]{1,300}»|`[^`\n]{1,300}`|(?<![^\s(:])'[^'\n]{2,300}'(?!\p{L})|^>.*$/gmu;

const toPart = (field: Part['field'], text: string, share: number): Part => ({
  field,
  text,
  share,
  quoted: [...text.matchAll(quotation)].map(({ 0: quote, index }) => [index, index + quote.length] as const),
});

const isTrouble = ({ kind }: PriorityRule): boolean => kind === 'harm' || kind === 'fault';
const speaksAlone = ({ kind }: PriorityRule): boolean => kind !== 'scope' && kind !== 'date';
const weightOf = ({ impact = 0, urgency = 0 }: PriorityRule): number => Math.abs(impact) + Math.abs(urgency);

/** Somebody is woken by it: one phrase is not enough, and that it is one person's affair speaks against it. */
const isBorneOut = (found: readonly Phrase[]): boolean => {
  const plain = found.filter(({ plainly }) => plainly);
  if (found.some(({ rule }) => rule.says === 'one person is hit') && !plain.some(({ rule }) => rule.kind === 'scope')) return false;
  return plain.some((trouble) => isTrouble(trouble.rule) && plain.some((other) => other !== trouble && bearsOut(other.rule)));
};
/** "My headset is broken, urgent": what one person calls so, without a harm, a date or work that stands still. */
const isOneThingCalledUrgent = (found: readonly Phrase[]): boolean =>
  found.some(({ rule }) => rule.says === 'one person is hit') &&
  found.some(({ rule }) => rule.kind === 'hurry') &&
  !found.some(({ rule }) => rule.kind === 'harm' || rule.kind === 'date' || rule.says === 'work is blocked');
const bearsOut = ({ kind }: PriorityRule): boolean => kind === 'harm' || kind === 'scope' || kind === 'hurry';

/** The first that is meant as it stands; else the first that is asked about or quoted. */
const findPhrase = (rule: PriorityRule, parts: readonly Part[], spoken: readonly Language[]): Phrase | undefined => {
  let inPassing: Phrase | undefined;
  for (const part of parts) {
    let looked = 0;
    for (const match of matchesOf(rule, part.text, spoken)) {
      if (++looked > MOST_LOOKED_AT) break;
      if (!isMeant(rule, match, part.text) || isInPhraseOf(rule.unlessIn, match, part, spoken)) continue;
      const reason: PriorityReason = {
        field: part.field,
        quote: match[0],
        start: match.index,
        says: rule.says,
        raises: rule.kind !== 'less',
      };
      if (rule.kind === 'less' || !isInPassing(match, part)) return { rule, reason, share: part.share, plainly: true };
      inPassing ??= { rule, reason, share: part.share * HALF, plainly: false };
    }
  }
  return inPassing;
};

const isInPhraseOf = (
  says: PrioritySign | undefined,
  { 0: phrase, index }: RegExpExecArray,
  { text }: Part,
  spoken: readonly Language[],
): boolean => {
  const other = says && priorityRules.find((rule) => rule.says === says);
  if (!other) return false;
  for (const match of matchesOf(other, text, spoken))
    if (match.index <= index && index + phrase.length <= match.index + match[0].length) return true;
  return false;
};

function* matchesOf({ patterns }: PriorityRule, text: string, spoken: readonly Language[]): Generator<RegExpExecArray> {
  for (const language of spoken) for (const pattern of patterns.get(language) ?? []) yield* text.matchAll(pattern);
}

const isMeant = ({ kind }: PriorityRule, match: RegExpExecArray, text: string): boolean => {
  if (kind === 'less') return true;
  const before = text.slice(Math.max(0, match.index - 60), match.index);
  const end = match.index + match[0].length;
  const after = text.slice(end, end + 60);
  if (denial.test(before) || deniedAfter.test(after) || talk.test(before) || headWord.test(after)) return false;
  if (kind === 'hurry' && order.test(before + match[0])) return false;
  // The name of a file or class that speaks of a fault does speak of it.
  return kind === 'fault' || !isPartOfName(match[0], before, after);
};

const reading = (source: string): RegExp => new RegExp(source, 'iu');

const denial = reading(`(?<![\\p{L}\\p{N}_])(?:${around.denial})\\s+(?:[\\p{L}\\d_]+\\s+){0,2}$|\\bnon-$`);
const deniedAfter = reading(`^\\s+(?:${around.deniedAfter})`);
/** Talk of such things: a question about them, what the policy on them says, what would be done. */
const talk = reading(`(?<![\\p{L}\\p{N}_])(?:${around.talk})(?![\\p{L}\\p{N}_])[^.!?:;,\\n]{0,50}$`);
/** What a thing is about is not what happened: a phishing training, an outage drill. */
const headWord = reading(`^(?:\\s+[\\p{L}-]+)?\\s+(?:${around.headWord})(?!\\p{L})`);
/** Who says what priority it is to have says nothing of the matter. */
const order = reading(
  `\\b(?:${around.setting})\\b[^.!?\\n]{0,30}\\b(?:${around.priority})(?!\\p{L})[^.!?\\n]{0,15}$|\\b(?:${around.priority})(?:\\s*[:=]|\\s+(?:is|to|as|ist|auf|est|es|à|a)(?!\\p{L}))[^.!?\\n]{0,15}$`,
);

/** Part of a host, a path or an address: the prod of db-prod-3 says nothing of production. */
const isPartOfName = (match: string, before: string, after: string): boolean => {
  const head = /\S*$/.exec(before)?.[0] ?? '';
  const tail = (/^\S*/.exec(after)?.[0] ?? '').replace(/[.,;:!?)"'\]]+$/, '');
  if (/:\/\/|@|^\/\w/.test(head) || /^[@_]|^\.\w/.test(tail) || head.endsWith('_')) return true;
  return (head.endsWith('-') || tail.startsWith('-')) && (match.length < 5 || /[\d._]|-\w+-/.test(`${head}x${tail}`));
};

/** Asked about, or said in somebody else's words. */
const isInPassing = (match: RegExpExecArray, { text, quoted }: Part): boolean => {
  const end = match.index + match[0].length;
  if (quoted.some(([from, to]) => match.index >= from && end <= to)) return true;
  return /[?!.](?=\s|$)|\n/.exec(text.slice(end, end + 300))?.[0] === '?';
};

const toLevel = (points: number): Level => (points >= 2 ? 'high' : points <= -1 ? 'low' : 'medium');

const matrix: Record<Level, Record<Level, Priority>> = {
  high: { high: 'P1', medium: 'P2', low: 'P3' },
  medium: { high: 'P2', medium: 'P3', low: 'P4' },
  low: { high: 'P3', medium: 'P4', low: 'P4' },
};
