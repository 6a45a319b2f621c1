import { isExceptionName } from '#src/logs/digest/heads/levels.ts';
import { toText } from '#src/logs/digest/lines/bytes.ts';
import { word } from './kinds.ts';
import { anyHash, type MinedPattern } from './pattern.ts';
import type { Tokens } from './tokens.ts';

// How alike messages are: whether a new one is of a pattern there is.

/** Share of the words two messages must have in common to be one pattern. Variables count for neither side. */
const likeness = 0.6;
/** Share above which long messages are one pattern whatever the words are in which they differ. */
const sameness = 0.95;
/** Candidates looked at before a new pattern is made: bounds the cost of a line whatever the log. */
const maxCandidates = 64;
type Search = { best: MinedPattern | null; siblings: MinedPattern[]; place: number };

/** The most similar template; without one, the templates that differ from the message in the same single word. */
export const closest = (candidates: MinedPattern[], tokens: Tokens, b: Buffer): Search => {
  let best: MinedPattern | null = null;
  let bestScore = 0;
  const bySlot = new Map<number, MinedPattern[]>();
  const looked = Math.min(candidates.length, maxCandidates);
  for (let c = 0; c < looked; c++) {
    const pattern = candidates[candidates.length - 1 - c] as MinedPattern;
    if (pattern.mergedInto !== null) continue;
    const score = compare(pattern, tokens, b);
    if (score > bestScore) {
      bestScore = score;
      best = pattern;
      if (score === 1) break;
    } else if (score < 0) {
      const slot = -score - 1;
      const siblings = bySlot.get(slot);
      if (siblings) siblings.push(pattern);
      else bySlot.set(slot, [pattern]);
    }
  }
  let siblings: MinedPattern[] = [];
  let place = -1;
  for (const [slot, found] of bySlot) if (found.length > siblings.length) [siblings, place] = [found, slot];
  return { best, siblings, place };
};

/**
 * How alike a template and a message are: 1 when the template covers it, a share of equal words when every difference
 * may be a value, -(place + 1) when a single plain word differs, 0 when they have nothing to do with each other.
 * 'opened' and 'closed' are not values of one variable; 'ana' and 'bo' after 'user' are, and so are four words and more
 * that were seen in one place. The names of failures and HTTP statuses never are.
 */
const compare = (pattern: MinedPattern, tokens: Tokens, b: Buffer): number => {
  const n = tokens.count;
  let same = 0;
  let words = 0;
  // Leaving as soon as the rest cannot reach the mark is what keeps a miss cheap.
  const maxMisses = Math.max(1, Math.floor(n * (1 - likeness)));
  let misses = 0;
  let plain = 0;
  let place = -1;
  for (let k = 0; k < n; k++) {
    const mine = pattern.hash[k] as number;
    if (mine === tokens.hash[k]) {
      if (pattern.kind[k] === word) {
        same++;
        words++;
      }
      continue;
    }
    if (mine === anyHash) {
      words += 0.25;
      continue;
    }
    if (++misses > maxMisses) return 0;
    words++;
    if (tokens.kind[k] === word && isDecisive(b, tokens, k)) return 0;
    if (pattern.kind[k] === word && isDecisiveText(pattern.text[k] as string)) return 0;
    if (!mayBeValue(pattern, tokens, b, k)) {
      plain++;
      place = k;
    }
  }
  if (misses === 0) return 1;
  const score = same / words;
  if (plain === 0) return score >= likeness ? score : 0;
  if (score >= sameness) return score;
  return plain === 1 && misses === 1 && same >= 1 ? -(place + 1) : 0;
};

/** Words after which a name stands. Syntax, not formats: what any log in English says before a value. */
const cues = new Set(
  'user username for from by host hostname name named file device database db table queue topic pod container service job task account group node instance bucket key domain tenant customer client server role zone region'.split(
    ' ',
  ),
);

/** Is the difference between template and message at k one of values: a masked kind, an identifier, a name after a cue? */
const mayBeValue = (pattern: MinedPattern, tokens: Tokens, b: Buffer, k: number): boolean => {
  if (pattern.kind[k] !== word || tokens.kind[k] !== word) return true;
  const mine = pattern.text[k] as string;
  const theirs = toText(b, tokens.start[k] as number, tokens.end[k] as number);
  if (isState(mine) && isState(theirs)) return false;
  if (k > 0 && pattern.kind[k - 1] === word && cues.has((pattern.text[k - 1] as string).toLowerCase()))
    return !(isVerbForm(mine) || isVerbForm(theirs));
  const glue = pattern.glue[k] as string;
  if (glue.endsWith('[') || glue.endsWith('(') || glue.endsWith('<') || glue.endsWith('{')) return true;
  return isIdentifier(b, tokens.start[k] as number, tokens.end[k] as number) && isIdentifierText(pattern.text[k] as string);
};

/** 'spawned', 'running': what happened to the user, the job or the instance, not its name. */
const isVerbForm = (text: string): boolean => /[a-z](?:ed|ing)$/.test(text);

const isIdentifier = (b: Buffer, start: number, end: number): boolean => {
  for (let i = start + 1; i < end; i++) {
    const c = b[i] as number;
    if (c === 95 || c === 46 || c === 47 || c === 36) return true;
  }
  return false;
};

const isIdentifierText = (text: string): boolean => /.[_./$]/.test(text);

const isDecisive = (b: Buffer, tokens: Tokens, k: number): boolean => {
  const [start, end] = [tokens.start[k] as number, tokens.end[k] as number];
  return isExceptionName(b, start, end) || (tokens.status > 0 && end - start === 3 && (b[start] as number) < 54);
};

/** A word that is never the value of a variable, unless very many come in its place: the name of a failure, a status, a state in capitals. */
export const isFixed = (text: string): boolean => isDecisiveText(text) || isState(text);

/** 'LOOKING', 'FAIL_TASK_CLEANUP'. */
const isState = (text: string): boolean => /^[A-Z][A-Z_]+$/.test(text);

const isDecisiveText = (text: string): boolean => /(?:Exception|Error|Throwable|Failure)$|^[1-5]\d\d$|^SIG[A-Z]+$/.test(text);

export const hasException = (tokens: Tokens, b: Buffer): boolean => {
  for (let k = 0; k < tokens.count; k++)
    if (tokens.kind[k] === word && isExceptionName(b, tokens.start[k] as number, tokens.end[k] as number)) return true;
  return false;
};
