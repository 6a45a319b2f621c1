import type { Pattern } from '#src/logs/digest/types.ts';
import { problemKindOf } from '#src/logs/failures/problem-kind.ts';
import { type Problem, problemsOf } from '#src/logs/failures/problems.ts';
import { extentOf } from '#src/logs/wording/facts.ts';
import type { Supported } from './check-evidence.ts';
import { bare } from './check-source.ts';
import type { Token } from './claim-tokens.ts';
import { aboutWhom, isContent, isSaid, type Saying, sayingsOf, speaksOf, standsIn } from './said-by.ts';
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

const begins = /^(?:began|begin|begins|beginning|start|starts|started|starting|first|appeared|emerged|arose|broke)$/;
const ends =
  /^(?:ended|end|ends|ending|stopped|stop|stops|ceased|ceases|last|over|finished|disappeared|vanished|subsided|resolved|recovered|fixed|cleared)$/;

/** 'Ended at {P1.first}', 'began at 12:13:39', 'until {P1.first}', 'between {P1.last} and …'. */
const checkMoments = (sentence: readonly Token[], { patterns, facts }: Supported): boolean =>
  sentence.every((token, at) => {
    const before = sentence[at - 1]?.lower ?? '';
    const said = momentOf(token, patterns, facts);
    if (!said || said.isFirst === said.isLast) return true;
    if (/^(?:between|from|since)$/.test(before)) return said.isFirst;
    if (/^(?:until|till)$/.test(before)) return said.isLast;
    if (/^(?:and|to)$/.test(before) && sentence.slice(Math.max(0, at - 4), at).some(({ lower }) => /^(?:between|from)$/.test(lower)))
      return said.isLast;
    const verb = sentence.slice(Math.max(0, at - 4), at).findLast(({ lower }) => begins.test(lower) || ends.test(lower));
    if (!verb || (verb.lower === 'over' && before === 'over')) return true;
    return begins.test(verb.lower) ? said.isFirst : said.isLast;
  });

const momentOf = (token: Token, patterns: readonly Pattern[], facts: Supported['facts']): { isFirst: boolean; isLast: boolean } | null => {
  if (token.kind === 'fact') {
    if (!/^(?:first|last)(?:Line)?$/.test(token.name) || token.owner === 'log') return null;
    const of = facts.of(token.owner);
    const [first, last] = token.name.endsWith('Line') ? [of.get('firstLine'), of.get('lastLine')] : [of.get('first'), of.get('last')];
    return { isFirst: of.get(token.name) === first, isLast: of.get(token.name) === last };
  }
  if (token.kind !== 'number' || !/^\d{1,2}:\d{2}/.test(token.text)) return null;
  const is = (name: string): boolean =>
    patterns.some(
      ({ id }) =>
        facts
          .of(id)
          .get(name)
          ?.split(' ')
          .some((part) => part.startsWith(token.text)) ?? false,
    );
  return { isFirst: is('first'), isLast: is('last') };
};

const firstWord = /^(?:first|earliest)$/;
const lastWord = /^(?:last|latest)$/;
const BESIDE = 9;

/** 'The last failed order was 48648': it stands in the last record, where we hold that one; a record between is neither. */
const checkFirstAndLast = (sentence: readonly Token[], { patterns }: Supported): boolean =>
  sentence.every((token, at) => {
    if (token.kind !== 'word' || !(firstWord.test(token.lower) || lastWord.test(token.lower))) return true;
    const isFirst = firstWord.test(token.lower);
    const named = sentence
      .slice(at + 1, at + 1 + BESIDE)
      .filter(({ kind, text }) => (kind === 'number' && /^#?\d{3,}$/.test(text)) || (kind === 'word' && /\d/.test(text)));
    return named.every(({ lower }) => {
      const varying = patterns.filter(({ count, template }) => count > 1 && !standsIn(lower, template.toLowerCase()));
      const holding = varying.flatMap((pattern) =>
        pattern.samples
          .filter(({ text }) => standsIn(lower, text.toLowerCase()))
          .map(({ lines }) => (isFirst ? lines.from === pattern.first.line : lines.to >= pattern.last.line)),
      );
      return holding.length === 0 || holding.some(Boolean);
    });
  });

const rising = /^(?:rose|rising|rises|grew|growing|grows|grown|increased|increasing|increases|climbed|climbing|longer)$/;
const falling = /^(?:fell|falling|falls|decreased|decreasing|decreases|shrank|shrinking|sank|sinking|shorter)$/;

/** 'Rose' and 'fell' are held against the numbers of the first and the last record at hand, where there are such numbers. */
const checkTrends = (sentence: readonly Token[], support: Supported): boolean =>
  sentence.every(({ kind, lower, stem }, at) => {
    if (kind !== 'word' || (!rising.test(lower) && !falling.test(lower)) || sentence[at - 1]?.lower === 'no') return true;
    const about = aboutWhom(sentence.filter(isContent), sayingsOf(support));
    if (about.some(({ says }) => says(stem))) return true;
    const trends = about.flatMap(({ pattern }) => (pattern ? trendsOf(pattern) : []));
    return trends.length === 0 || trends.some((trend) => (rising.test(lower) ? trend > 0 : trend < 0));
  });

/** Of each number in its place, from the first sample to the last. */
const trendsOf = ({ samples }: Pattern): number[] => {
  const inOrder = samples.toSorted((one, other) => one.lines.from - other.lines.from);
  const [first, last] = [inOrder.at(0), inOrder.at(-1)].map((sample) => numbersOf(sample?.text ?? ''));
  if (!first || !last || samples.length < 2 || first.length !== last.length) return [];
  return first.map((one, at) => (last[at] ?? 0) - one);
};

const numbersOf = (text: string): number[] =>
  (
    text
      .split('\n', 1)[0]
      ?.replace(/\d{4}-\d\d-\d\d\S*|\d{1,2}:\d\d:\d\d\S*/g, ' ')
      .match(/(?<![\p{L}\d_-])\d+(?:\.\d+)?/gu) ?? []
  ).map(Number);

const isOverWord = /^(?:stopped|ceased|ended|finished|disappeared|vanished|subsided|gone)$/;
const isHealed =
  /^(?:fixed|resolved|solved|repaired|mended|cured|healed|recovered|restored|remedied|mitigated|cleared|corrected|fixes|resolves|solves|heals|recovers|restores|addressed|patched)$/;

const goesOn = /^(?:go|goes|continues?|continuing|ongoing|persists?|persisting)$/;

/** 'Is over', 'stopped', 'no longer': the log must go on without it. 'Fixed', 'resolved': the log must say so. */
const checkEndings = (sentence: readonly Token[], support: Supported): boolean => {
  const { patterns, digest } = support;
  if (
    !sentence.some(
      ({ lower }) => isHealed.test(lower) || isOverWord.test(lower) || goesOn.test(lower) || /^(?:over|longer|normal)$/.test(lower),
    )
  )
    return true;
  const about = speaksOf(
    sentence.filter(isContent).map(({ stem }) => stem),
    sayingsOf(support),
  );
  const isOver = (): boolean => {
    const { lines } = digest.ledger;
    const those = about.flatMap(({ pattern, bad }) => (pattern && (bad || about.length === 1) ? [pattern] : []));
    const held = those.length > 0 ? those : patterns;
    return held.length > 0 && extentOf(held).latest.line <= lines - Math.max(2, lines * 0.05);
  };
  return sentence.every((token, at) => {
    const [one, two] = [sentence[at - 1]?.lower ?? '', sentence[at - 2]?.lower ?? ''];
    const next = sentence[at + 1];
    const { lower, stem } = token;
    if (token.kind !== 'word') return true;
    // 'The log goes on without it.'
    if (goesOn.test(lower) && one !== 'log' && (!/^goe?s?$/.test(lower) || next?.lower === 'on')) return !isOver();
    if (isHealed.test(lower) || (lower === 'normal' && one === 'to')) return about.some(({ affirms }) => affirms(stem));
    if (
      lower === 'over' &&
      /^(?:is|are|was|were|be|been|now|all)$/.test(one) &&
      (!next || next.kind === 'mark' || /^(?:now|by|at|since|after|before|and)$/.test(next.lower))
    )
      return isOver();
    if (lower === 'longer' && one === 'no') return isOver();
    if (!isOverWord.test(lower)) return true;
    // 'Nothing stopped it', 'the service stopped': said in the log.
    if (about.some(({ affirms }) => affirms(stem))) return true;
    return two === 'not' || isOver();
  });
};

type Relation = { left: Token[]; right: Token[]; kind: 'before' | 'after' | 'until' | 'since' | 'while' | 'causes' | 'causedBy' };

const connectives: [RegExp, Relation['kind']][] = [
  [/^(?:before|preceded|precedes|preceding|prior|ahead)$/, 'before'],
  [/^(?:after|following|followed|afterwards)$/, 'after'],
  [/^(?:until|till)$/, 'until'],
  [/^since$/, 'since'],
  [/^(?:while|during|whilst)$/, 'while'],
  [/^(?:because|due|owing|thanks|reason)$/, 'causedBy'],
  [
    /^(?:caused|causes|cause|causing|triggered|triggers|triggering|led|leads|leading|provoked|produced|resulted|results|induced|makes|made|broke|explains?|explained|stems|stemmed|blame|culprit|filled|exhausted|overloaded|crashed|slowed|blocked|starved|flooded|emptied|drained)$/,
    'causes',
  ],
];

/** 'Filled the disk': what somebody does to something. */
const doneTo = /^(?:filled|exhausted|overloaded|crashed|slowed|blocked|starved|flooded|emptied|drained)$/;

/** A sentence is cut in two where it tells of an order or a cause. */
const relationsOf = (sentence: readonly Token[]): Relation[] =>
  sentence.flatMap((token, at) => {
    if (token.kind !== 'word') return [];
    const found = connectives.find(([words]) => words.test(token.lower));
    if (!found) return [];
    const [, said] = found;
    const next = sentence[at + 1]?.lower ?? '';
    const before = sentence[at - 1]?.lower ?? '';
    if ((said === 'since' && next === '') || (token.lower === 'while' && before === 'a')) return [];
    let kind = said;
    if (/^(?:followed|triggered|caused|explained|produced|provoked|induced|made|preceded)$/.test(token.lower) && next === 'by')
      kind = token.lower === 'followed' ? 'before' : token.lower === 'preceded' ? 'after' : 'causedBy';
    else if (token.lower === 'followed') kind = 'after';
    else if (/^(?:result\w*|stem\w*)$/.test(token.lower) && next === 'from') kind = 'causedBy';
    else if (/^(?:led|leads|leading|resulted|results)$/.test(token.lower) && !/^(?:to|in)$/.test(next)) return [];
    else if (
      /^(?:made|makes|broke|reason|cause|due|prior|ahead|thanks|owing|blame|culprit)$/.test(token.lower) &&
      !/^(?:to|of|the|it|because)$/.test(next)
    )
      return [];
    else if (doneTo.test(token.lower) && (!/^(?:the|all|its|a|an)$/.test(next) || !sentence.slice(0, at).some(isContent))) return [];
    if (token.lower === 'cause' && next === 'of') kind = 'causes';
    if (token.lower === 'reason') kind = 'causes';
    // 'After 3 retries', 'after 30000 ms', 'within the hour before': told by numbers, which are checked where they stand.
    if (/^(?:a|an|the)?$/.test(next) && next === '') return [];
    const right = sentence.slice(at + 1);
    if (at === 0 || /^(?:and|but|so|mark)$/.test(before) || sentence[at - 1]?.kind === 'mark') {
      // 'After the release went live, checkouts failed.'
      const comma = right.findIndex((one) => one.kind === 'mark' && one.text === ',');
      if (comma >= 0 && at === 0) return [{ kind, left: right.slice(comma + 1), right: right.slice(0, comma) }];
    }
    return [{ kind, left: sentence.slice(0, at), right }];
  });

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

type Moment = { time: number | null; line: number };
const toMoment = ({ time, line }: Pattern['first']): Moment => ({ time: time === null ? null : Date.parse(time), line });
const startOf = (patterns: readonly Pattern[]): Moment => toMoment(extentOf([...patterns]).earliest);
const endOf = (patterns: readonly Pattern[]): Moment => toMoment(extentOf([...patterns]).latest);
const distance = (a: Moment, b: Moment): number =>
  a.time !== null && b.time !== null && a.time !== b.time ? a.time - b.time : a.line - b.line;
const isEarlier = (a: Moment, b: Moment): boolean => distance(a, b) < 0;

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

const clockOf = (time: string | null): number | null => {
  const found = /T(\d{2}):(\d{2}):(\d{2})/.exec(time ?? '');
  return found ? Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]) : null;
};

const isHeard = (token: Token, saying: Saying): boolean =>
  token.kind === 'number'
    ? saying.stands(token.lower)
    : token.text.length < 4 ||
      plainAdjectives.has(token.lower) ||
      entityNouns.has(token.lower) ||
      saying.has(token.stem) ||
      isSaid(token, saying);

const SHORTLY_MS = 5 * 60_000;
const LONGEST_MS = 30 * 60_000;

/**
 * One record may tell of both. Of two it takes that the one began with the other or shortly before: what had been there for long, or came later, did not
 * bring it about.
 */
const mayCause = (cause: readonly Saying[], effect: readonly Saying[], { digest }: Supported): boolean => {
  if (cause.some((one) => effect.includes(one))) return true;
  const [causes, effects] = [cause, effect].map((side) => side.flatMap(({ pattern }) => pattern ?? []));
  if (!causes?.length || !effects?.length) return false;
  const gap = -distance(startOf(causes), startOf(effects));
  const isTimed = startOf(causes).time !== null && startOf(effects).time !== null;
  if (!isTimed) return gap >= 0 && causes.every(({ count }) => count <= 3);
  if (gap < -1000) return false;
  const seldom = causes.every(({ count }) => count <= 3);
  const opens = Math.max(3, digest.ledger.lines * 0.02);
  const wasThere = !seldom && startOf(causes).line <= opens && startOf(effects).line > opens;
  return gap <= (seldom ? LONGEST_MS : SHORTLY_MS) && !wasThere;
};
