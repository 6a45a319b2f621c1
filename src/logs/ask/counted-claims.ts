import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { isSevere, problemsOf } from '#src/logs/failures/problems.ts';
import type { Trouble } from '#src/logs/failures/troubles.ts';
import { isRequest } from '#src/logs/offline/name-requests.ts';
import type { Claim } from '#src/logs/summary.ts';
import type { RawClaim } from '#src/logs/summary-task.ts';
import { knownOf } from '#src/logs/verify/known-words.ts';
import { verifyClaims } from '#src/logs/verify/verify-summary.ts';
import { badStems, entityNouns, failureStems, glue, stemOf } from '#src/logs/verify/vocabulary.ts';
import { formatClock, formatCount } from '#src/logs/wording/formats.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { beginning, ending, foundClaim, levelClaim, patternClaim, quoteOf, statusClaims } from './answer-offline.ts';
import { isStatusTerm, statusesFor } from './asked-status.ts';
import { joinDurations } from './durations.ts';
import { toPattern } from './focus.ts';
import { type Asked, type ClockRange, LAST_SECOND, type Term } from './parse-question.ts';
import { holds, type Picked, STATUS, type Value, type Wish } from './pick-records.ts';
import type { Hit, Search } from './search-lines.ts';
import { singular } from './singular.ts';
import { isKnownNoun, namesDoer, sumOfValues, valueClaims } from './value-claims.ts';

/** What a question asks to be counted, timed or listed of some records only, and what else it says of them. */
export type Narrowed = {
  wish: Wish /** Words that say which kind of record, none of which is missing. */;
  subject: Term[] /** Words that stand nowhere. */;
  unheard: string[];
};

const MOST_CLAIMS = 4;

/** Null where all records of the log are meant, or where nothing is to be counted. */
export const narrow = (asked: Asked, search: Search, digest: Digest, pluralsAreKinds = false): Narrowed | null => {
  const { wants, edge, clock, noun, terms } = asked;
  if (!edge && wants !== 'count' && wants !== 'values' && wants !== 'when' && wants !== 'end' && wants !== 'duration') return null;
  const values = terms.filter((term) => isValue(term, asked, search, digest) && !(pluralsAreKinds && isPlural(term)));
  const ofAll = asked.most && isKnownNoun(digest, noun);
  // 'How many bounce errors': no record of another level, and of no other kind.
  const plain = values.length === 0 && !terms.some(({ weight }) => weight > 1);
  const counted = wants === 'count' && plain && terms.length > 1 ? terms.find(isLevelName) : undefined;
  const level = edge ?? (counted ? (counted.text.startsWith('warn') ? 'warn' : 'error') : ofAll && asked.trouble ? 'error' : null);
  const timed = clock && (edge !== null || wants === 'count' || wants === 'values' || wants === 'duration') ? clock : null;
  if (values.length === 0 && !timed && !level && !ofAll && wants !== 'duration') return null;
  // 'For tenant globex': what the name is of says no more than the name.
  const labels = values.flatMap(({ before }) => (before !== undefined && isKnownNoun(digest, before) ? [before] : []));
  const rest = terms.filter(
    (term) => !values.includes(term) && !isNoun(term, noun) && !labels.some((label) => isNoun(term, label)) && !(edge && isLevelWord(term)),
  );
  const missing = (term: Term): boolean =>
    search.missing.includes(term) &&
    !isStatus(term.text, digest) &&
    !digest.patterns.some((pattern) => knownOf(pattern).has(stemOf(term.text)));
  return {
    wish: { values: values.map((term) => toValue(term, digest)), clock: timed, level, timed: wants === 'duration' },
    subject: rest.filter((term) => !missing(term)),
    unheard: [...rest.filter(missing).map(({ text, word }) => word ?? text), ...(asked.ignored ? [asked.ignored] : [])],
  };
};

const isPlural = ({ word, weight }: Term): boolean => weight === 1 && word !== undefined && singular(word) !== word;

/** What a number numbers counts where the log speaks of such things. */
const toValue = ({ text, word, before }: Term, digest: Digest): Value => ({
  text: word ?? text,
  of: isStatus(text, digest)
    ? STATUS
    : before !== undefined && /^\d+$/.test(text) && (entityNouns.has(before) || isKnownNoun(digest, before))
      ? before
      : null,
});

const nameOf = ({ text, of }: Value): string => (of === STATUS ? `status ${text}` : of === null ? `“${text}”` : `“${of} ${text}”`);

const isNoun = ({ text, word }: Term, noun: string | null): boolean => noun !== null && singular(word ?? text) === noun;
const isLevelName = ({ text }: Term): boolean => /^(?:err(?:or)?|warn(?:ing)?)$/.test(text);
const isLevelWord = ({ text }: Term): boolean => /^(?:err(?:or)?|warn(?:ing)?|fail|except(?:ion)?|fatal)$/.test(text);

const isStatus = (text: string, { patterns }: Digest): boolean => statusesFor(text, patterns).length > 0;

/** Of how many requests got a status: a noun for requests, or none. */
const countsRequests = (noun: string | null): boolean =>
  noun === null || /^(?:request|call|response|error|hit|failure)$/.test(noun) || isStatusTerm(noun);

/** An id, a code, a name: it says which records, and not of what kind they are. */
const isValue = (term: Term, { wants, noun }: Asked, search: Search, digest: Digest): boolean => {
  const { text, weight } = term;
  const { patterns } = digest;
  // How many requests got a status is told by what is known of requests.
  if (isStatus(text, digest)) return wants !== 'count' || !countsRequests(noun);
  if (search.missing.includes(term)) return false;
  if (weight > 1) return true;
  const isWord = isNoun(term, noun) || failureStems.has(stemOf(text)) || badStems.has(stemOf(text)) || isLevelWord(term);
  return (
    !isWord &&
    !patterns.some(({ template }) =>
      template
        .replace(/<[a-z]+>/g, ' ')
        .toLowerCase()
        .includes(text),
    )
  );
};

/** The answer from the records that were picked, each claim checked against them; nothing where they do not say. */
export const countedClaims = (asked: Asked, { wish, subject, unheard }: Narrowed, picked: Picked, log: Digest): Claim[] => {
  // Where the log ends is told of all of it.
  const digest: Digest = { ...picked.digest, ledger: log.ledger, time: log.time };
  // What counts for a name that stands nowhere is not counted of the others.
  if (digest.records === 0 || asked.terms.some(({ text, weight }) => weight > 1 && unheard.includes(text))) return [];
  const patterns = subjectsAmong(digest, asked, subject);
  const none = noneOf(asked, wish, subject, picked);
  if (none) return [none];
  // 'The average size': a length of time is no answer to it.
  if (asked.wants === 'duration' && withoutRegard(unheard) !== '') return [];
  const { claims, extra } = say(asked, wish, subject, patterns, { ...picked, digest });
  const { kept } = verifyClaims(claims, { ...digest, patterns: [...extra, ...digest.patterns] }, MOST_CLAIMS);
  return kept.map((claim) => ({
    ...claim,
    text: `${conditionOf(wish, claim.text, digest)}${claim.text}${asked.who ? '' : withoutRegard(unheard)}`,
    // They are counted anew, so that none is a pattern of the log's digest.
    evidence: claim.evidence.map((piece) => ({ ...piece, pattern: null })),
  }));
};

/** 'Failed', 'hit', 'affected': that something went wrong, and not what. */
const saysOnlyThatItFailed = (word: string): boolean =>
  /^(?:fail\w*|errors?|hit|affected|impact\w*|wrong|problems?|issues?|trouble|broken?|slow|bad|went)$/.test(word);

/** What a count leaves out of account, in so many words. */
export const withoutRegard = (unheard: readonly string[]): string => {
  const aside = unheard.filter((word) => !glue.has(word) && !saysOnlyThatItFailed(word));
  return aside.length > 0 ? `, without regard to ${aside.map((word) => `“${word}”`).join(', ')}` : '';
};

/** Kinds of records that all the question's words are about; where it asks what went wrong, those that did. */
const subjectsAmong = (digest: Digest, { trouble }: Asked, subject: readonly Term[]): Pattern[] => {
  const telling = tellingOf(subject);
  const literally = digest.patterns.filter((pattern) => telling.every(({ text }) => says(pattern, text)));
  // By words that mean the same only where none says it literally.
  const about =
    literally.length > 0
      ? literally
      : digest.patterns.filter((pattern) => telling.every(({ text: term }) => knownOf(pattern).has(stemOf(term))));
  const problems = new Set(problemsOf(digest).map(({ pattern }) => pattern));
  const wrong = about.filter((pattern) => isSevere(pattern) || problems.has(pattern));
  return trouble && (wrong.length > 0 || subject.some(saysFailure)) ? wrong : about;
};

const says = ({ template, samples }: Pattern, term: string): boolean =>
  [template, ...samples.map(({ text }) => text)].some((text) => text.toLowerCase().includes(term));

const saysFailure = (term: Term): boolean => isLevelWord(term) || /^(?:fail|error|crash|reject|refus|den)/.test(term.text);

/** Of level error there may be none among those that were meant. */
const noneOf = ({ wants, noun }: Asked, wish: Wish, subject: readonly Term[], { digest, first, last }: Picked): Claim | null => {
  const [only, another] = subject;
  if (wants !== 'count' || noun !== null || !only || another || !/^err/.test(only.text) || !first || !last) return null;
  if (digest.levels.fatal + digest.levels.error > 0) return null;
  return {
    text: `${conditionOf(wish, '', digest)}no records of level error or worse`,
    confidence: null,
    evidence: [{ pattern: null, lines: { from: first.line, to: last.line }, quote: null }],
  };
};

const tellingOf = (subject: readonly Term[]): Term[] =>
  subject.filter((term) => !saysOnlyThatItFailed(term.word ?? term.text) && !isLevelWord(term));

type Said = { claims: RawClaim[] /** Patterns made for these claims. */; extra: Pattern[] };

const say = (asked: Asked, wish: Wish, subject: readonly Term[], patterns: Pattern[], picked: Picked): Said => {
  const { wants, noun, edge } = asked;
  const { digest, first, last } = picked;
  if (wants === 'duration') return sayDurations(asked, patterns, picked);
  if (edge)
    return subject.length > 0 ? nothing : sayEnds(wish, asked.wants === 'end' ? last : first, asked.wants === 'end' ? 'last' : 'first');
  const aboutAny = tellingOf(subject).length === 0 && patterns.length > 1;
  if (wants === 'end')
    return aboutAny
      ? sayEnds(wish, last, 'last')
      : { claims: patterns.slice(0, 2).flatMap((pattern) => ending(aloneOf(pattern), digest)), extra: [] };
  if (wants === 'when' && aboutAny) return sayEnds(wish, first, 'first');
  if (wants === 'when')
    return {
      claims: patterns.slice(0, 2).flatMap((pattern) => beginning(aloneOf(pattern))),
      extra: [],
    };
  const named = noun ? sayValues(asked, patterns, digest) : nothing;
  if (named.claims.length > 0) return named;
  if (wants === 'values') return { claims: asked.who ? patterns.filter(namesDoer).slice(0, 2).map(patternClaim) : [], extra: [] };
  // What is counted is of the kind that is named, where the log names it.
  const ofNoun = noun ? patterns.filter((pattern) => says(pattern, noun)) : [];
  if (ofNoun.length > 0 && ofNoun.length < digest.patterns.length) return { claims: ofNoun.slice(0, 3).map(patternClaim), extra: [] };
  const level = levelClaim(
    subject.map(({ text }) => text),
    digest.patterns,
    '',
  );
  const statuses = subject.flatMap(({ text }) => (/^[1-5]\d\d$/.test(text) ? statusClaims(Number(text), digest) : []));
  if (level || statuses.length > 0)
    return { claims: level ? [level, ...ofLevel(asked, patterns).slice(0, 3).map(patternClaim)] : statuses, extra: [] };
  if (subject.length > 0) return { claims: patterns.slice(0, 3).map(patternClaim), extra: [] };
  return sayAll(wish, picked);
};

const aloneOf = (pattern: Pattern): Trouble => ({ kind: null, patterns: [pattern], same: true, told: null });

/** Those the count is of, most first. */
const ofLevel = ({ terms }: Asked, patterns: readonly Pattern[]): Pattern[] => {
  const warnings = terms.some(({ text }) => text.startsWith('warn'));
  return patterns.filter((pattern) => (warnings ? pattern.level === 'warn' : isSevere(pattern))).toSorted((a, b) => b.count - a.count);
};

const nothing: Said = { claims: [], extra: [] };

/** Ids of what is made for a claim. */
const OWN_ID = 'P90001';

const sayValues = (asked: Asked, patterns: Pattern[], digest: Digest): Said => {
  const sum = asked.noun && asked.most ? sumOfValues(OWN_ID, asked.noun, patterns) : null;
  return sum
    ? { claims: valueClaims(asked, [sum], digest).map(withoutQuote), extra: [sum] }
    : { claims: valueClaims(asked, patterns, digest, true), extra: [] };
};

/** What is summed up stands in no line of its own. */
const withoutQuote = (claim: RawClaim): RawClaim => ({ ...claim, evidence: claim.evidence.map((piece) => ({ ...piece, quote: null })) });

const sayAll = ({ values }: Wish, { digest, first, last }: Picked): Said => {
  if (!first || !last || values.length === 0) return nothing;
  const found = { terms: values.map(({ text }) => text), lines: digest.records, first, last, hits: [first] };
  const claim = foundClaim(OWN_ID, found, 'record');
  return {
    claims: [values.some(({ of }) => of !== null) ? { ...claim, text: claim.text.replace(/contain.* from/, 'from') } : claim],
    extra: [toPattern(OWN_ID, found, `records that contain ${values.map(({ text }) => text).join(', ')}`)],
  };
};

const sayEnds = ({ level, values }: Wish, hit: Hit | null, which: 'first' | 'last'): Said => {
  const quote = hit && quoteOf(hit.text);
  if (!hit || !quote) return nothing;
  const what =
    level === 'error' ? 'record of level error or worse' : level === 'warn' ? 'warning' : `record with ${values.map(nameOf).join(' and ')}`;
  const found = { terms: [], lines: 1, first: hit, last: hit, hits: [hit] };
  return {
    claims: [
      {
        text: `The ${which} ${what} is on line {${OWN_ID}.firstLine}: “${quote.replace(/["“”`]/g, '')}”`,
        confidence: null,
        evidence: [{ pattern: OWN_ID, fromLine: hit.line, toLine: hit.line, quote }],
      },
    ],
    extra: [toPattern(OWN_ID, found, `the ${which} ${what}`)],
  };
};

/** Of records that all say how long they took, on average, and which took longest. */
const sayDurations = ({ noun, measure }: Asked, patterns: Pattern[], { durationsOf }: Picked): Said => {
  const timed = patterns
    .filter((pattern) => noun === null || isCalled(noun, pattern))
    .map((pattern) => ({ pattern, took: durationsOf(pattern) }))
    .filter(({ took }) => took.count > 0);
  const [first] = timed;
  const all = joinDurations(timed.map(({ took }) => took));
  // An average of some of them is not what was asked for.
  if (!first || measure === null || all.unclear > 0 || !all.longest || !all.shortest) return nothing;
  const what = timed.length === 1 ? `“${readable(first.pattern)}”` : `${formatCount(timed.length)} kinds of records`;
  const end = measure === 'shortest' ? all.shortest : all.longest;
  const quote = quoteOf(end.at.text);
  const average = `${formatMs(all.sum / all.count)} on average over ${formatCount(all.count)} records, from ${all.shortest.said} to ${all.longest.said}`;
  const text =
    all.count === 1
      ? `${what} took ${end.said}, on line ${formatCount(end.at.line)}`
      : measure === 'average'
        ? `${what} took ${average}`
        : `The ${measure} took ${end.said}, on line ${formatCount(end.at.line)}: ${what} took ${average}`;
  const hits = [end.at];
  return {
    claims: [{ text, confidence: null, evidence: [{ pattern: OWN_ID, fromLine: end.at.line, toLine: end.at.line, quote }] }],
    extra: [toPattern(OWN_ID, { terms: [], lines: all.count, first: end.at, last: end.at, hits }, `${text.replace(/["“”`]/g, '')}`)],
  };
};

const isCalled = (noun: string, pattern: Pattern): boolean =>
  (/^(?:request|call|page|endpoint|url|response)$/.test(noun) && isRequest(pattern)) || knownOf(pattern).says(stemOf(noun));

const formatMs = (ms: number): string =>
  ms >= 10_000 ? `${(ms / 1000).toFixed(1)} s` : ms >= 100 ? `${Math.round(ms)} ms` : `${Number(ms.toPrecision(3))} ms`;

/** 'With “globex”, between 02:40:00 and 02:50:59: ', where the claim does not say so itself. */
const conditionOf = ({ values, clock, level }: Wish, text: string, { time }: Digest): string => {
  const told = text.toLowerCase().match(/“[^”]*”/g) ?? [];
  const unsaid = values.filter((value) => !told.some((phrase) => holds(phrase.toLowerCase(), value)));
  const daily = time && time.first.slice(0, 10) !== time.last.slice(0, 10) ? ' of each day' : '';
  const parts = [
    ...(unsaid.length > 0 ? [`with ${unsaid.map(nameOf).join(' and ')}`] : []),
    ...(clock ? [`${spanOf(clock)}${daily}`] : []),
    ...(level && !/level error|warning/.test(text) ? [`in records of level ${level === 'error' ? 'error or worse' : 'warn'}`] : []),
  ];
  const said = parts.join(', ');
  return said === '' ? '' : `${said[0]?.toUpperCase()}${said.slice(1)}: `;
};

const spanOf = ({ from, to }: ClockRange): string => {
  if (to >= LAST_SECOND) return `from ${formatClock(from)} on`;
  return from === 0 ? `until ${formatClock(to)}` : `between ${formatClock(from)} and ${formatClock(to)}`;
};
