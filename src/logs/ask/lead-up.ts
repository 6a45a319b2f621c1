import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { isSevere, isUsual, problemsOf } from '#src/logs/failures/problems.ts';
import type { Claim } from '#src/logs/summary.ts';
import { formatCount } from '#src/logs/wording/formats.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { quoteOf } from './answer-offline.ts';
import type { Asked } from './parse-question.ts';
import type { Hit } from './search-lines.ts';

/** Lines in front of it that are looked through for what is seldom. */
const LOOK_BACK = 60;
const MOST_SELDOM = 4;
const LAST_LINES = 2;
const SELDOM = 3;

/**
 * What stands right before the first error, the first warning, or the first record of what the question names: the lines just in front, and what was
 * seldom or a warning among the sixty before. Null where that is not asked, or nothing goes before it.
 */
export const leadUpClaims = async (
  asked: Asked,
  { digest, spokenOf }: { digest: Digest; spokenOf: readonly Pattern[] },
  read: (from: number, to: number) => Promise<Hit[]>,
): Promise<Claim[] | null> => {
  if (!asked.leadUp) return null;
  const start = startOf(asked, digest, spokenOf);
  if (!start) return null;
  const at = start.first.line;
  const lines = (await read(Math.max(1, at - LOOK_BACK), at)).filter(({ text }) => text.trim() !== '');
  const before = lines.filter(({ line }) => line < at);
  const seldom = before.filter(({ line }) => isSeldom(line, digest)).slice(-MOST_SELDOM);
  const last = before.slice(-LAST_LINES);
  const shown = before.filter((hit) => seldom.includes(hit) || last.includes(hit));
  const first = lines.find(({ line }) => line === at);
  const begins = first ? claim(first, `It begins on line ${formatCount(at)}: `, readable(start)) : null;
  if (shown.length === 0)
    return begins ? [begins, { ...begins, text: 'Nothing stands before it: the log begins with it' }].slice(at > 1 ? 0 : 1) : null;
  return [...shown.map((hit) => claim(hit, seldom.includes(hit) ? '' : 'Just before: ')), ...(begins ? [begins] : [])];
};

/** What the question names, where it names something but errors; else the first of all errors, or of what went wrong. */
const startOf = ({ edge, terms }: Asked, digest: Digest, spokenOf: readonly Pattern[]): Pattern | undefined => {
  const earliest = (patterns: readonly Pattern[]): Pattern | undefined => patterns.toSorted((a, b) => a.first.line - b.first.line)[0];
  const ofLevel = digest.patterns.filter((pattern) => (edge === 'warn' ? pattern.level === 'warn' : isSevere(pattern)));
  const problems = problemsOf(digest).map(({ pattern }) => pattern);
  if (edge === null && terms.length > 0 && spokenOf[0]) return spokenOf[0];
  return earliest(ofLevel.filter((pattern) => !isUsual(pattern))) ?? earliest(ofLevel) ?? earliest(problems);
};

const isSeldom = (line: number, { patterns }: Digest): boolean =>
  patterns.some(
    (pattern) =>
      (pattern.count <= SELDOM || pattern.level === 'warn' || isSevere(pattern)) &&
      pattern.samples.some(({ lines: { from, to } }) => from <= line && line <= to),
  );

const claim = ({ line, text }: Hit, lead: string, said?: string): Claim => {
  const quote = quoteOf(redactSecrets(text)) ?? '';
  return {
    text: `${lead}“${redactSecrets(said ?? quote).replace(/["“”`]/g, '')}”`,
    confidence: null,
    evidence: [{ pattern: null, lines: { from: line, to: line }, quote: said === undefined ? null : quote }],
  };
};
