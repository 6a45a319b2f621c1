import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { isSevere, problemsOf } from '#src/logs/failures/problems.ts';
import type { Supported } from './check-evidence.ts';
import { clausesOf, type Token } from './claim-tokens.ts';
import { isConstant, isContent, sayingOf, standsIn, varies } from './said-by.ts';
import { badStems, countNouns, failureStems, nounsOfKind } from './vocabulary.ts';

/**
 * 'All', 'every', 'only', 'most', 'always' say something of the records that are not cited, too. They hold where the counts of the digest bear them:
 * 'all errors come from redis-3' only where every error is in a cited pattern that names redis-3 in each of its records.
 */
export const checkQuantifiers = (tokens: readonly Token[], support: Supported): boolean =>
  clausesOf(tokens).every((clause) =>
    clause.every((token, at) => {
      if (token.kind !== 'word') return true;
      const words = clause.slice(at + 1);
      const next = words[0]?.lower ?? '';
      const before = clause[at - 1]?.lower ?? '';
      const { lower } = token;
      if (/^(?:all|every|each|everybody|everyone|everything|everywhere)$/.test(lower))
        return holdsAll(lower, before, words, clause, { ...support, told: toldBy(tokens, support) });
      if (/^(?:only|solely|exclusively|just|merely)$/.test(lower)) return holdsOnly(words, clause, at, support);
      if (lower === 'alone') return holdsOnly(clause.slice(Math.max(0, at - 1), at), clause, at, support);
      if (/^(?:always|constantly|continuously|permanently|throughout|invariably)$/.test(lower)) return isAllAlong(support);
      if (lower === 'most' || /^(?:mostly|mainly|primarily|largely|predominantly|chiefly)$/.test(lower))
        return holdsMost(lower, before, words, clause, support);
      if (
        /^(?:except|besides|apart)$/.test(lower) ||
        (lower === 'other' && next === 'than') ||
        (lower === 'but' && /^(?:nothing|none|all|no|any)$/.test(before))
      )
        return false;
      if (lower === 'single')
        return (
          next === 'point' ||
          support.patterns.some(({ count }) => count === 1) ||
          support.patterns.some((one) => sayingOf(one).says('singl'))
        );
      if (/^(?:hardest|worst)$/.test(lower)) return leadsItsKind(clause, support);
      if (/^(?:rarely|seldom|occasionally|sporadically|few)$/.test(lower) && before !== 'a')
        return support.patterns.every(({ count }) => count < 5);
      return true;
    }),
  );

const holdsAll = (
  lower: string,
  before: string,
  words: readonly Token[],
  clause: readonly Token[],
  support: Supported & { told: Pattern[] },
): boolean => {
  const [first, second] = words;
  // 'At all', 'of all', 'before all else': the order is checked by itself.
  if (/^(?:at|after|of|above|first|not)$/.test(before) || first?.lower === 'else') return true;
  if (lower === 'all' && first?.lower === 'the' && second?.lower === 'time') return isAllAlong(support);
  if (lower === 'every' && first?.lower === 'time') return isAllAlong(support);
  if (lower !== 'all' && first && (first.kind !== 'word' || units.test(first.lower))) return true;
  // 'All 412 …', '…, all for /checkout': of those just told.
  const isCounted =
    lower === 'all' &&
    first !== undefined &&
    (first.kind === 'number' || first.kind === 'fact' || /^(?:for|on|from|in|at|by|with|to|them)$/.test(first.lower));
  const subject = isCounted ? [] : subjectOf(words);
  const scope = isCounted
    ? support.told
    : lower.startsWith('every') && lower !== 'every'
      ? support.digest.patterns
      : scopeOf(subject, support);
  if (scope === null || scope.length === 0) return false;
  if (!isCounted && !seesAll(scope, subject, support)) return false;
  return scope.every((pattern) => support.patterns.includes(pattern) && holdsOfEach(clause, subject, pattern));
};

/** The patterns whose facts a sentence tells; where it tells none, all that are cited. */
const toldBy = (tokens: readonly Token[], { patterns }: Supported): Pattern[] => {
  const owners = new Set(tokens.flatMap(({ owner }) => (owner === '' ? [] : owner.split('+'))));
  const told = patterns.filter(({ id }) => owners.has(id));
  return told.length > 0 ? told : patterns;
};

const units = /^(?:seconds?|minutes?|hours?|days?|few|other|single)$/;

/** 'POST requests' of 'all POST requests failed'. */
const subjectOf = (words: readonly Token[]): Token[] => {
  const found: Token[] = [];
  for (const token of words) {
    if (/^(?:of|the|these|those|its|their|such|single|other)$/.test(token.lower) && found.length === 0) continue;
    const ends = token.kind !== 'word' || verbs.test(token.lower) || !(isContent(token) || countNouns.has(token.lower));
    if (ends && (found.length > 0 || token.kind !== 'word' || !/(?:ed|ing|slow|bad)$/.test(token.lower))) break;
    found.push(token);
  }
  return found;
};

const verbs =
  /^(?:fail|fails|failed|timed|time|got|get|return|returned|returns|answered|come|comes|came|went|are|were|was|is|has|have|had|use|used|name|concern|hit|run|ran|lost|crashed|died|broke|refused|rejected|happened|occurred|stopped|began|ended|took|take)$/;

/** The patterns a noun is about: null where nobody can say. */
const scopeOf = (subject: readonly Token[], { digest }: Supported): Pattern[] | null => {
  const nouns = subject.filter((token) => !countNouns.has(token.lower));
  if (subject.length === 0) return null;
  if (nouns.length === 0) return digest.patterns;
  return nouns.reduce<Pattern[]>((among, noun) => among.filter((pattern) => isOf(noun, pattern, digest)), digest.patterns);
};

const isOf = ({ stem, lower }: Token, pattern: Pattern, digest: Digest): boolean => {
  if (/^(?:error|exception|failure)s?$/.test(lower)) return isSevere(pattern);
  if (/^warnings?$/.test(lower)) return pattern.level === 'warn';
  if (/^(?:problem|issue|trouble)s?$/.test(lower)) return problemsOf(digest).some((one) => one.pattern === pattern);
  if (/^(?:failed|failing|fatal|severe|bad)$/.test(lower)) return sayingOf(pattern).bad;
  if (/^(?:requests?|calls?)$/.test(lower))
    return /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD)\b/.test(pattern.template) || sayingOf(pattern).says(stem);
  const { says } = sayingOf(pattern);
  return (
    says(stem) ||
    (/^time[do]$/.test(stem) && (says('timeo') || says('timed'))) ||
    pattern.variables.some(({ kind }) => nounsOfKind[kind]?.has(stem))
  );
};

/** Nothing of it is among the records that are not listed. */
const seesAll = (scope: readonly Pattern[], subject: readonly Token[], { digest }: Supported): boolean => {
  const { other, ledger, levels } = digest;
  if (other.records === 0 && ledger.inRemainder === 0) return true;
  const errors = subject.length === 1 && /^(?:error|failure|exception)s?$/.test(subject[0]?.lower ?? '');
  return errors && scope.reduce((sum, { count }) => sum + count, 0) >= levels.error + levels.fatal;
};

/** What is said of all holds of this pattern's records one by one: no value that is one of several, no word it does not carry. */
const holdsOfEach = (clause: readonly Token[], subject: readonly Token[], pattern: Pattern): boolean =>
  clause.every((token) => {
    if (token.kind === 'fact') return !/^top\./.test(token.name) || isOnlyValue(token, pattern);
    if (token.kind === 'phrase' || subject.includes(token)) return true;
    if (token.kind === 'number' || isNamelike(token))
      return (
        isConstant(token.text, pattern) || (!varies(token.text, pattern) && (token.kind === 'number' || sayingOf(pattern).has(token.stem)))
      );
    if (badStems.has(token.stem) || failureStems.has(token.stem)) return sayingOf(pattern).bad;
    return (
      !isContent(token) || sayingOf(pattern).has(token.stem) || pattern.variables.some(({ kind }) => nounsOfKind[kind]?.has(token.stem))
    );
  });

const isOnlyValue = ({ owner, name }: Token, pattern: Pattern): boolean =>
  owner !== pattern.id ||
  pattern.variables.some(({ index, distinct, exact }) => `${index}` === name.split('.')[1] && distinct === 1 && exact);

const isNamelike = ({ kind, text }: Token): boolean => kind === 'word' && /[\d/_@]|\p{L}[-.]\p{L}/u.test(text);

/** 'Only api-1 is affected': everything else of the sort would have to name it, too. */
const holdsOnly = (words: readonly Token[], clause: readonly Token[], at: number, support: Supported): boolean => {
  const [first, second] = words;
  const before = clause[at - 1]?.lower ?? '';
  if (before === 'not' || !first) return before === 'not';
  // 'Just before', 'only then', 'just started'; numbers are checked as such.
  if (/^(?:before|after|since|until|as|like|now|then|above|below|when|because|started|began|failed|got|went)$/.test(first.lower))
    return !/^(?:when|because|if)$/.test(first.lower);
  if (first.kind === 'number' || first.kind === 'fact') return !standsAsValue(first, second, support);
  if (/^(?:once|one|a)$/.test(first.lower))
    return first.lower === 'a' ? second?.lower !== 'single' || happenedOnce(support) : happenedOnce(support);
  const led = /^(?:on|for|in|at|from|by|with|to|of)$/.test(first.lower) ? words.slice(1) : words;
  const named = led[0]?.kind === 'phrase' ? [led[0]] : subjectOf(led);
  if (named.length === 0) return false;
  const rest = clause.filter(
    (token) => isContent(token) && !named.includes(token) && !/^(?:only|alone|just|solely|exclusively|merely)$/.test(token.lower),
  );
  const told = rest.filter(
    ({ stem, lower }) => !failureStems.has(stem) && !/^(?:affected|hit|impacted|concerned|down|suffers?|ran)$/.test(lower),
  );
  const { digest } = support;
  const alike = told.length === 0 ? [] : digest.patterns.filter((pattern) => told.every((word) => isOf(word, pattern, digest)));
  const bad = rest.some(({ lower }) => /^errors?$/.test(lower))
    ? digest.patterns.filter(isSevere)
    : problemsOf(digest).map(({ pattern }) => pattern);
  const scope = alike.length > 0 ? alike : bad;
  if (digest.other.records + digest.ledger.inRemainder > 0) return false;
  return [...scope, ...support.patterns].every((pattern) => named.every((token) => namesInAll(token, pattern)));
};

const namesInAll = (token: Token, pattern: Pattern): boolean =>
  isConstant(token.text, pattern) ||
  (!isNamelike(token) && token.kind === 'word' && sayingOf(pattern).says(token.stem) && !varies(token.text, pattern));

const happenedOnce = ({ patterns }: Supported): boolean => patterns.some(({ count }) => count === 1);

/** 'Only 3' of something is said of what happened, and not of a number in a line. */
const standsAsValue = (number: Token, next: Token | undefined, { patterns }: Supported): boolean =>
  number.kind === 'number' &&
  next !== undefined &&
  !patterns.some(
    (pattern) =>
      String(pattern.count) === number.text.replaceAll(',', '') ||
      pattern.variables.some(({ distinct }) => String(distinct) === number.text),
  );

/** From the beginning of the log to its end. */
const isAllAlong = ({ patterns, digest: { ledger } }: Supported): boolean => {
  const margin = Math.max(3, ledger.lines * 0.05);
  return patterns.length > 0 && patterns.every(({ first, last }) => first.line <= margin && last.line >= ledger.lines - margin);
};

const holdsMost = (lower: string, before: string, words: readonly Token[], clause: readonly Token[], support: Supported): boolean => {
  const [first] = words;
  if (!first || /^(?:at|the)$/.test(before) || /^(?:around|recent|recently|likely|probably|of)$/.test(first.lower)) {
    if (before === 'the' && /^(?:common|frequent|often)$/.test(first?.lower ?? '')) return isLoudest(support);
    return first?.lower !== 'of' || words[1]?.lower === 'all' ? true : holdsMostOf(words.slice(1), clause, support);
  }
  if (/^(?:often|frequently|common|commonly|frequent)$/.test(first.lower) || lower !== 'most')
    return isMostFrequent(words, lower !== 'most', support) && leadsItsKind(clause, support);
  return holdsMostOf(words, clause, support);
};

const isLoudest = ({ patterns, digest }: Supported): boolean =>
  patterns.some(({ count }) => problemsOf(digest).every(({ pattern }) => pattern.count <= count));

/** 'Globex failed most often': of the values that are named one leads. */
const leadsItsKind = (clause: readonly Token[], { patterns }: Supported): boolean => {
  const named = clause.filter(({ kind, text }) => kind === 'word' && text.length >= 3);
  const varying = patterns.flatMap(({ variables }) => variables.filter(({ distinct, top }) => distinct > 1 && top.length > 1));
  const found = varying.flatMap(({ top }) =>
    top.flatMap(({ value, count }) => (named.some(({ lower }) => lower === value.toLowerCase()) ? [count >= (top[0]?.count ?? 0)] : [])),
  );
  return found.length === 0 || found.some(Boolean);
};

/** What is named next leads the values of its variable; with 'mostly', by more than half. */
const isMostFrequent = (words: readonly Token[], byHalf: boolean, { patterns }: Supported): boolean => {
  const named = words.find(
    (token) => token.kind === 'number' || isNamelike(token) || (token.kind === 'fact' && token.name.startsWith('top.')),
  );
  if (!named) return !byHalf || words.some(({ kind }) => kind === 'phrase' || kind === 'fact');
  return patterns.some((pattern) => {
    if (isConstant(named.text, pattern)) return true;
    return pattern.variables.some(({ index, top: [most] }) => {
      if (!most) return false;
      const isIt =
        named.kind === 'fact'
          ? named.owner === pattern.id && named.name === `top.${index}.0`
          : standsIn(named.lower, most.value.toLowerCase());
      return isIt && (!byHalf || most.count * 2 > pattern.count);
    });
  });
};

/** More than half of all there are: 'most requests failed'. */
const holdsMostOf = (words: readonly Token[], clause: readonly Token[], support: Supported): boolean => {
  const subject = subjectOf(words);
  const scope = scopeOf(subject, support);
  if (!scope || scope.length === 0 || !seesAll(scope, subject, support)) return false;
  const count = (patterns: readonly Pattern[]): number => patterns.reduce((sum, one) => sum + one.count, 0);
  const holding = scope.filter((pattern) => support.patterns.includes(pattern) && holdsOfEach(clause, subject, pattern));
  const partly = scope.flatMap((pattern) =>
    support.patterns.includes(pattern) && !holding.includes(pattern) ? mostOfValue(clause, pattern) : [],
  );
  return (count(holding) + partly.reduce((sum, one) => sum + one, 0)) * 2 > count(scope);
};

const mostOfValue = (clause: readonly Token[], { variables }: Pattern): number[] =>
  clause
    .filter((token) => token.kind === 'number' || isNamelike(token))
    .flatMap(({ lower }) =>
      variables.flatMap(({ top }) => top.filter(({ value }) => standsIn(lower, value.toLowerCase())).map(({ count }) => count)),
    )
    .slice(0, 1);
