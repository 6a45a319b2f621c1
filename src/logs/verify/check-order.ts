import type { Pattern } from '#src/logs/digest/types.ts';
import { problemKindOf } from '#src/logs/failures/problem-kind.ts';
import { type Problem, problemsOf } from '#src/logs/failures/problems.ts';
import { extentOf } from '#src/logs/wording/facts.ts';
import { checkEndings } from './check-endings.ts';
import type { Supported } from './check-evidence.ts';
import { checkFirstAndLast, checkMoments } from './check-moments.ts';
import { bare } from './check-source.ts';
import { checkTrends } from './check-trends.ts';
import type { Token } from './claim-tokens.ts';
import { mayCause } from './may-cause.ts';
import { clockOf, endOf, isEarlier, type Moment, startOf } from './moments.ts';
import { begins, ends, isOverWord } from './order-words.ts';
import { type Relation, relationsOf } from './relations.ts';
import { aboutWhom, isContent, isSaid, type Saying, sayingsOf } from './said-by.ts';
import { badStems, deeds, entityNouns, plainAdjectives, products, stemOf } from './vocabulary.ts';

/**
 * What came before what, what ended, and what caused what is held against the first and last times of the patterns that are spoken of. What cannot be
 * held against them is not believed.
 */
export const checkOrder = (tokens: readonly Token[], support: Supported): boolean =>
  sentencesOf(tokens).every(
    (sentence) =>
      checkMoments(sentence, support) &&
      checkFirstAndLast(sentence, support) &&
      checkTrends(sentence, support) &&
      checkEndings(sentence, support) &&
      relationsOf(sentence).every((relation) => holds(relation, support)),
  );

const sentencesOf = (tokens: readonly Token[]): Token[][] => {
  const sentences: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'mark' && /[.;!?:]/.test(token.text)) sentences.push([]);
    else sentences.at(-1)?.push(token);
  }
  return sentences.filter((sentence) => sentence.length > 0);
};

const holds = ({ kind, left, right }: Relation, support: Supported): boolean => {
  const [first] = right.filter(({ lower }) => !/^(?:the|a|an|of|to|by|in|about|around|at|it|shortly|soon)$/.test(lower));
  const isCause = kind === 'causes' || kind === 'causedBy';
  if (
    !isCause &&
    first?.lower !== undefined &&
    /^(?:all|everything|anything|every|any)$/.test(first.lower) &&
    right.some(({ lower }) => /^(?:else|other|others)$/.test(lower))
  )
    return kind === 'before' && isFirstOfAll(left, support);
  if (!isCause && first && (first.kind === 'number' || first.kind === 'fact')) return holdsClock(kind, left, first, support);
  const told = [contentOf(left), contentOf(right)];
  // 'After that', 'before it failed': nothing is named that could be wrong, but for what the evidence says of itself.
  if (told[1]?.length === 0)
    return isCause || kind !== 'before' || told[0]?.length === 0 || /^(?:giving|failing|timing)$/.test(right[0]?.lower ?? '');
  if (told[0]?.length === 0) return true;
  const all = sayingsOf(support);
  const [a, b] = [about(left, all), about(right, all)];
  if (isCause) {
    const [cause, causeTokens] = kind === 'causes' ? [a, left] : [b, right];
    const effect = kind === 'causes' ? b : a;
    const unheard = contentOf(causeTokens).filter((token) => token.kind !== 'phrase' && !cause.some((one) => isHeard(token, one)));
    if (unheard.length > 0 && !isSaidInOwnWords(unheard, contentOf(causeTokens))) return false;
    return mayCause(cause, effect, support);
  }
  if (a.some((one) => b.includes(one))) return a.some((one) => b.includes(one) && tellsBoth(one, kind, left, right));
  const those = [a, b].map((side) => side.flatMap(({ pattern }) => pattern ?? []));
  const [one, other] = those;
  if (!one || !other || one.length === 0 || other.length === 0) return false;
  return inOrder(kind, { patterns: one, words: left }, { patterns: other, words: right });
};

const contentOf = (side: readonly Token[]): Token[] =>
  side.filter(
    (token) =>
      token.kind === 'phrase' ||
      (token.kind === 'number' && token.text.length > 2) ||
      (isContent(token) && !begins.test(token.lower) && !ends.test(token.lower) && !vague.test(token.lower)),
  );

const vague =
  /^(?:giving|failing|timing|shortly|soon|long|right|immediately|directly|suddenly|went|live|that|this|happening|mainly|itself|ran|run|runs|running|got|gets|became|turned|kept|remained|stayed)$/;

/** Whom the words of one side are about, by names and by phrases first. */
const about = (side: readonly Token[], all: readonly Saying[]): readonly Saying[] => {
  const quoted = side.filter(({ kind }) => kind === 'phrase').map(({ lower }) => lower.replace(/…$/, '').trim());
  const holding = quoted.length > 0 ? all.filter(({ pattern }) => pattern && quoted.some((phrase) => holdsPhrase(phrase, pattern))) : [];
  if (holding.length > 0) return holding;
  return aboutWhom(contentOf(side), all);
};

const holdsPhrase = (phrase: string, { template, samples }: Pattern): boolean => {
  const parts = phrase
    .split('…')
    .map((part) => part.trim())
    .filter((part) => part.length > 2);
  const texts = [template, ...samples.map(({ text }) => text)].map((text) => bare(text.toLowerCase()));
  return parts.length > 0 && texts.some((text) => parts.every((part) => text.includes(part)));
};

/** One and the same record tells of both, in words of order. */
const tellsBoth = (saying: Saying, kind: Relation['kind'], left: readonly Token[], right: readonly Token[]): boolean =>
  kind === 'until' || kind === 'while' || kind === 'since' || saying.says(kind) || tellsInOrder(saying, kind, left, right);

/** 'Health check failed 3 times, exiting with code 137': one clause after the other. */
const tellsInOrder = ({ pattern }: Saying, kind: Relation['kind'], left: readonly Token[], right: readonly Token[]): boolean => {
  const [opening = '', ...rest] = (pattern?.template ?? '').toLowerCase().split(', ');
  if (rest.length !== 1) return false;
  const isIn = (side: readonly Token[], text: string): boolean => {
    const said = new Set(text.split(/[^\p{L}]+/u).map(stemOf));
    return contentOf(side).some(({ stem, kind: form }) => form === 'word' && said.has(stem));
  };
  const [first, second] = kind === 'after' ? [right, left] : [left, right];
  const end = rest.join(' ');
  return isIn(first, opening) && !isIn(first, end) && isIn(second, end) && !isIn(second, opening);
};

/** A word of several may be the model's own, but for a name, a deed and what went wrong. */
const isSaidInOwnWords = (unheard: readonly Token[], all: readonly Token[]): boolean =>
  unheard.length === 1 &&
  all.length >= 3 &&
  unheard.every(
    ({ kind, text, stem, lower }) =>
      kind === 'word' && /^[a-z]+$/.test(text) && !deeds.has(stem) && !badStems.has(stem) && !products.has(lower),
  );

const isFirstOfAll = (left: readonly Token[], support: Supported): boolean => {
  const those = about(left, sayingsOf(support)).flatMap(({ pattern }) => pattern ?? []);
  const told = those.length > 0 ? those : support.patterns;
  const kinds = new Set(told.map(problemKindOf));
  // What is of one kind is told as one trouble.
  const isOther = ({ pattern, kind }: Problem): boolean => !told.includes(pattern) && (kind === null || !kinds.has(kind));
  const problems = problemsOf(support.digest);
  const same = problems.filter((problem) => !isOther(problem)).map(({ pattern }) => pattern);
  const began = startOf([...told, ...same]);
  return problems.every((problem) => !isOther(problem) || !isEarlier(startOf([problem.pattern]), began));
};

type Side = { patterns: Pattern[]; words: readonly Token[] };

const inOrder = (kind: Relation['kind'], one: Side, other: Side): boolean => {
  const ended = ({ words }: Side): boolean => words.some(({ lower }) => isOverWord.test(lower) || lower === 'over' || lower === 'last');
  const at = (side: Side): Moment => (ended(side) ? endOf(side.patterns) : startOf(side.patterns));
  switch (kind) {
    case 'before':
      return isEarlier(at(one), at(other));
    case 'after':
    case 'since':
      return isEarlier(at(other), at(one));
    case 'until':
      return isEarlier(startOf(one.patterns), at(other)) && !isEarlier(at(other), endOf(one.patterns));
    default:
      return !isEarlier(endOf(one.patterns), startOf(other.patterns)) && !isEarlier(endOf(other.patterns), startOf(one.patterns));
  }
};

/** 'Before 12:04', 'after {P1.last}': of what is spoken of, unless the record itself says 'after 30000 ms'. */
const holdsClock = (
  kind: Relation['kind'],
  left: readonly Token[],
  { kind: form, text, owner, name }: Token,
  support: Supported,
): boolean => {
  const said = form === 'fact' ? support.facts.of(owner).get(name) : text;
  if (!said) return false;
  const clock = /(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(said);
  if (!clock || /^(?:duration|gap)/.test(name)) return true;
  const seconds = Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3] ?? 0);
  const those = about(left, sayingsOf(support)).flatMap(({ pattern }) => pattern ?? []);
  const patterns = those.length > 0 ? those : support.patterns;
  if (patterns.length === 0) return false;
  const { earliest, latest } = extentOf([...patterns]);
  const ended = left.some(({ lower }) => isOverWord.test(lower) || lower === 'over' || lower === 'last');
  const [first, last] = [clockOf(earliest.time), clockOf(latest.time)];
  if (first === null || last === null) return false;
  const precise = clock[3] !== undefined;
  if (kind === 'before') return (ended ? last : first) < seconds;
  if (kind === 'after' || kind === 'since') return (ended ? last : first) >= seconds;
  return kind !== 'until' || (precise ? last <= seconds : last < seconds + 60);
};

const isHeard = (token: Token, saying: Saying): boolean =>
  token.kind === 'number'
    ? saying.stands(token.lower)
    : token.text.length < 4 ||
      plainAdjectives.has(token.lower) ||
      entityNouns.has(token.lower) ||
      saying.has(token.stem) ||
      isSaid(token, saying);
