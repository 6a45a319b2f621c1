import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { isSevere, isUsual, problemsOf } from '#src/logs/failures/problems.ts';
import type { Claim } from '#src/logs/summary.ts';
import { formatCount } from '#src/logs/wording/formats.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { quoteOf } from './answer-offline.ts';
import type { Asked } from './parse-question.ts';
import type { Hit } from './search-lines.ts';
import { stateIn } from './states.ts';

/** Lines beside it that are looked through for what is seldom. */
const LOOK = 60;
const MOST_SELDOM = 4;
const NEAREST = 2;
const SELDOM = 3;

/**
 * What stands right before, or after, the first or last error, the first warning, or the first record of what the question names: the lines beside
 * it, and what was seldom or a warning among sixty. Null where that is not asked.
 */
export const besideClaims = async (
  asked: Asked,
  { digest, spokenOf }: { digest: Digest; spokenOf: readonly Pattern[] },
  read: (from: number, to: number) => Promise<Hit[]>,
): Promise<Claim[] | null> => {
  if (!asked.beside) return null;
  const { side, of } = asked.beside;
  const pattern = patternOf(asked, digest, spokenOf);
  if (!pattern) return null;
  const at = of === 'last' ? pattern.last.line : pattern.first.line;
  const isBefore = side === 'before';
  const lines = (await read(isBefore ? Math.max(1, at - LOOK) : at, isBefore ? at : Math.min(digest.ledger.lines, at + LOOK))).filter(
    ({ text }) => text.trim() !== '',
  );
  const itself = lines.find(({ line }) => line === at);
  const named = itself
    ? [claim(itself, `${of === 'last' ? 'The last is' : 'It begins'} on line ${formatCount(at)}: `, readable(pattern))]
    : [];
  // A trace below it is part of it, and its like are no news.
  const own = pattern.samples.map(({ lines: range }) => range);
  const others = lines.filter(
    ({ line, text }) => line !== at && !/^\s/.test(text) && !own.some(({ from, to }) => from <= line && line <= to),
  );
  if (others.length === 0)
    return named.map((one) => ({ ...one, text: `Nothing stands ${side} it, the log ${isBefore ? 'begins' : 'ends'} there. ${one.text}` }));
  const nearest = isBefore ? others.slice(-NEAREST) : others.slice(0, NEAREST);
  const rare = others.filter(({ line }) => isSeldom(line, digest));
  const seldom = isBefore ? rare.slice(-MOST_SELDOM) : rare.slice(0, MOST_SELDOM);
  const shown = others
    .filter((hit) => seldom.includes(hit) || nearest.includes(hit))
    .map((hit) => claim(hit, seldom.includes(hit) ? '' : isBefore ? 'Just before: ' : 'Right after: '));
  return isBefore ? [...shown, ...named] : [...named, ...shown];
};

/** What the question names, where it names something but errors; else the first or last of all errors, or of what went wrong. */
const patternOf = ({ edge, terms, state, beside }: Asked, digest: Digest, spokenOf: readonly Pattern[]): Pattern | undefined => {
  const isLast = beside?.of === 'last';
  const ending = (patterns: readonly Pattern[]): Pattern | undefined =>
    patterns.toSorted((a, b) => (isLast ? b.last.line - a.last.line : a.first.line - b.first.line))[0];
  const ofLevel = digest.patterns.filter((pattern) => (edge === 'warn' ? pattern.level === 'warn' : isSevere(pattern)));
  const problems = problemsOf(digest).map(({ pattern }) => pattern);
  if (edge === null && terms.length > 0 && spokenOf[0])
    // 'Before node7 went down': of all that names it, what says that.
    return (state && spokenOf.find(({ samples: [sample] }) => stateIn(sample?.text ?? '')?.isDown)) || spokenOf[0];
  return ending(ofLevel.filter((pattern) => !isUsual(pattern))) ?? ending(ofLevel) ?? ending(problems);
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
