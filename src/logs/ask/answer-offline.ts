import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { isGrave, isSevere } from '#src/logs/failures/problems.ts';
import { statusesOf } from '#src/logs/failures/request-status.ts';
import { type Trouble, troublesOf } from '#src/logs/failures/troubles.ts';
import { isRequest, nameRequests } from '#src/logs/offline/name-requests.ts';
import { cite, when } from '#src/logs/offline/name-trouble.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import type { Claim } from '#src/logs/summary.ts';
import type { RawClaim } from '#src/logs/summary-task.ts';
import { knownOf } from '#src/logs/verify/known-words.ts';
import { badStems, failureStems, stemOf } from '#src/logs/verify/vocabulary.ts';
import { extentOf } from '#src/logs/wording/facts.ts';
import { formatClock, formatCount } from '#src/logs/wording/formats.ts';
import { excerpt, readable } from '#src/logs/wording/readable.ts';
import type { AnswerInput, RawAnswer } from './answer-task.ts';
import { statusesFor } from './asked-status.ts';
import { NAMED } from './focus.ts';
import type { Asked, Term } from './parse-question.ts';
import type { Found } from './search-lines.ts';
import { valueClaims } from './value-claims.ts';

export const MAX_CLAIMS = 8;

/** The built-in engine's answer: what a search of all lines found, with counts, and what the digest holds about it. */
export const answerOffline = (input: AnswerInput): RawAnswer => {
  const { asked, focus, digest } = input;
  // Of what stands nowhere, errors about something else are no answer.
  if (asksOfNothing(input)) return { answer: [...namedLines(focus.digest.patterns), ...momentClaims(input)].slice(0, MAX_CLAIMS) };
  const claims = [...namedLines(focus.digest.patterns), ...momentClaims(input), ...answerFor(input)];
  // Where the question's own words lead nowhere, what went wrong is what it is about.
  const answer = claims.length > 0 || !asked.trouble || asked.terms.some(({ weight }) => weight > 1) ? claims : overview(digest);
  return { answer: answer.slice(0, MAX_CLAIMS) };
};

/** All it names stands nowhere in the log, by any name. */
const asksOfNothing = ({ asked, search, focus, digest }: AnswerInput): boolean => {
  const named = asked.terms.filter(({ text }) => !failureStems.has(stemOf(text)) && !badStems.has(stemOf(text)));
  const missing = missingTerms(search.missing, digest);
  return named.length > 0 && focus.found.length === 0 && named.every((term) => missing.includes(term));
};

/** Of words, those the log says in no other way either: 'deploy' for 'release'. */
export const missingTerms = (missing: readonly Term[], { patterns }: Digest): Term[] =>
  missing.filter(
    ({ text, weight }) =>
      statusesFor(text, patterns).length === 0 && (weight > 1 || !patterns.some((pattern) => knownOf(pattern).has(stemOf(text)))),
  );

/** What the search found by itself, whatever else could be said. */
export const linesFound = (input: AnswerInput): RawAnswer => ({ answer: [...momentClaims(input), ...found(input)].slice(0, MAX_CLAIMS) });

const answerFor = (input: AnswerInput): RawClaim[] => {
  const { asked, focus, digest } = input;
  // A time is answered by what was there then.
  if (asked.clock && asked.wants !== 'count') return [];
  switch (asked.wants) {
    case 'overview':
      return overview(digest);
    case 'why':
      return why(input);
    // Told by code, whichever engine answers the rest.
    case 'before':
    case 'next':
      return [];
    case 'when':
      return subjectsOf(input)
        .slice(0, 2)
        .flatMap((trouble) => beginning(trouble));
    case 'end':
      return subjectsOf(input)
        .slice(0, 2)
        .flatMap((trouble) => ending(trouble, digest));
    case 'duration':
      return [];
    case 'count':
      return countClaims(input);
    case 'values': {
      const values = valuesFor(input);
      return values.length > 0 ? values : [...spoken(input, 2), ...found(input)];
    }
    default: {
      const statuses = statusesAsked(input);
      if (statuses.length > 0) return statuses;
      // Ids and quoted phrases are best answered by lines, words by what kind of record they stand in.
      const byLines = asked.terms.some(({ weight }) => weight > 1);
      return byLines ? [...found(input), ...(focus.found.length > 0 ? [] : spoken(input, 3))] : [...spoken(input, 3), ...found(input)];
    }
  }
};

/** Of the records a question is about; of one that is about none in particular, of what went wrong, and then of any. */
const valuesFor = (input: AnswerInput): RawClaim[] => {
  const { asked, digest } = input;
  const subjects = subjectsOf(input).flatMap(({ patterns }) => patterns);
  if (subjects.length > 0) return valueClaims(asked, subjects, digest);
  const problems = troublesOf(digest).flatMap(({ patterns }) => patterns);
  const wrong = valueClaims(asked, problems, digest);
  return wrong.length > 0 ? wrong : valueClaims(asked, digest.patterns, digest);
};

const overview = (digest: Digest): RawClaim[] => summarizeOffline({ digest }).whatIsGoingOn;

const why = ({ digest, focus }: AnswerInput): RawClaim[] => {
  const { likelyCauses, whatIsGoingOn } = summarizeOffline({ digest });
  const about = likelyCauses.filter(
    ({ evidence }) => focus.spokenOf.length === 0 || evidence.some(({ pattern }) => focus.spokenOf.some(({ id }) => id === pattern)),
  );
  const causes = (about.length > 0 ? about : likelyCauses).map((claim) => ({ ...claim, confidence: null }));
  const claims = [...causes, ...whatIsGoingOn.slice(0, 1)];
  // What is asked about is told, whatever is known of its cause.
  const [named] = focus.spokenOf;
  const isTold = !named || claims.some(({ evidence }) => evidence.some(({ pattern }) => pattern === named.id));
  return isTold ? claims : [patternClaim(named), ...claims];
};

/** What a question is about: what it names, or of one that names nothing, what went wrong first of all. */
export const subjectsOf = ({ asked, focus, digest }: AnswerInput): Trouble[] => {
  const troubles = troublesOf(digest).filter(({ patterns }) => patterns.length > 0);
  const onlyNoun = asked.terms.every(({ text }) => asked.noun !== null && stemOf(text) === stemOf(asked.noun));
  if (focus.spokenOf.length === 0) return onlyNoun || asked.trouble ? troubles.slice(0, 3) : [];
  const named = focus.spokenOf.filter((pattern) => !asked.trouble || isTrouble(pattern, troubles));
  const chosen = named.length > 0 ? named : asked.trouble && !asked.terms.some(({ weight }) => weight > 1) ? [] : focus.spokenOf;
  const grouped = chosen.map(
    (pattern): Trouble =>
      troubles.find(({ patterns }) => patterns.includes(pattern)) ?? { kind: null, patterns: [pattern], same: true, told: null },
  );
  const distinct = [...new Set(grouped)];
  return distinct.length > 0 ? distinct : asked.trouble ? troubles.slice(0, 3) : [];
};

const isTrouble = (pattern: Pattern, troubles: readonly Trouble[]): boolean => troubles.some(({ patterns }) => patterns.includes(pattern));

export const beginning = ({ patterns }: Trouble): RawClaim[] => {
  const { earliest, latest } = extentOf(patterns);
  const first = patterns.find(({ first: sighting }) => sighting.line === earliest.line) ?? patterns[0];
  if (!first) return [];
  const began = first.first.time ? `began at {${first.id}.first} on line {${first.id}.firstLine}` : `began on line {${first.id}.firstLine}`;
  const lasted = first.first.time && earliest.time !== latest.time && patterns.length === 1 ? `, {${first.id}.duration} later` : '';
  const last =
    earliest.line === latest.line ? '' : `; the last of {${ownerOf(patterns)}.count} came at {${ownerOf(patterns)}.last}${lasted}`;
  return [{ text: `“${readable(first)}” ${began}${last}`, confidence: null, evidence: citeAll(first, patterns) }];
};

export const ending = ({ patterns }: Trouble, digest: Digest): RawClaim[] => {
  const { latest } = extentOf(patterns);
  const last = patterns.find(({ last: sighting }) => sighting.line === latest.line) ?? patterns[0];
  if (!last) return [];
  const at = last.last.time ? `at {${last.id}.last}, on line {${last.id}.lastLine}` : `on line {${last.id}.lastLine}`;
  const lines = digest.ledger.lines;
  // The last twentieth of a log is its end.
  const still = latest.line > lines - Math.max(2, lines * 0.05);
  const rest = still
    ? 'it is still there at the end of the log'
    : `the log goes on ${digest.time ? 'until {log.last}' : 'to its last line of {log.lines} lines'} without it`;
  const [, ...others] = citeAll(last, patterns);
  const ends = { pattern: last.id, fromLine: last.last.line, toLine: last.last.line, quote: null };
  return [{ text: `The last “${readable(last)}” came ${at}; ${rest}`, confidence: null, evidence: [ends, ...others] }];
};

const ownerOf = (patterns: Pattern[]): string => patterns.map(({ id }) => id).join('+');

const citeAll = (first: Pattern, patterns: Pattern[]): RawClaim['evidence'] => [
  { pattern: first.id, fromLine: first.first.line, toLine: first.first.line, quote: excerpt(first) },
  ...patterns.filter((pattern) => pattern !== first).map((pattern) => ({ ...cite(pattern), quote: null })),
];

const countClaims = (input: AnswerInput): RawClaim[] => {
  const { asked, search, focus, digest } = input;
  const missing = missingTerms(search.missing, digest);
  const level = levelClaim(
    asked.terms.filter((term) => !missing.includes(term)).map(({ text }) => text),
    digest.patterns,
  );
  if (level)
    return [
      level,
      ...spoken(input, MAX_CLAIMS)
        .filter(({ evidence: [piece] }) => isOfLevel(piece?.pattern, level, digest))
        .slice(0, 3),
    ];
  const statuses = statusesAsked(input);
  if (statuses.length > 0) return statuses;
  const requests = requestsClaim(asked, digest);
  if (requests) return [requests, ...spoken(input, 3)];
  const values = valuesFor(input);
  if (values.length > 0) return values;
  return asked.terms.some(({ weight }) => weight > 1)
    ? [...found(input), ...(focus.found.length > 0 ? [] : spoken(input, 3))]
    : [...spoken(input, 3), ...found(input)];
};

/** Beside the number of errors no warning, nor the other way round. */
const isOfLevel = (id: string | null | undefined, { text }: RawClaim, { patterns }: Digest): boolean => {
  const pattern = patterns.find((one) => one.id === id);
  return pattern !== undefined && isGrave(pattern) && isSevere(pattern) === !text.includes('{log.warnings}');
};

/** All of them, however they were answered; null where some are not listed. */
const requestsClaim = ({ noun, terms }: Asked, { patterns, other, ledger }: Digest): RawClaim | null => {
  const onlyNoun = noun !== null && /^(?:request|call)$/.test(noun) && terms.every(({ text }) => stemOf(text) === stemOf(noun));
  const requests = patterns.filter(isRequest);
  const [first] = requests;
  if (!onlyNoun || !first || other.records > 0 || ledger.inRemainder > 0) return null;
  return {
    text: `{${ownerOf(requests)}.count} requests, ${when(requests)}`,
    confidence: null,
    evidence: requests.map((one) => ({ ...cite(one), quote: null })),
  };
};

export const levelClaim = (terms: string[], patterns: Pattern[], subject = 'The log has '): RawClaim | null => {
  const [term, another] = terms;
  const severe = /^err(?:or)?$|^fail/.test(term ?? '');
  if (another || !(severe || /^warn/.test(term ?? ''))) return null;
  const shown = patterns.filter((pattern) => (severe ? isSevere(pattern) : isGrave(pattern) && !isSevere(pattern)));
  const [first] = shown;
  if (!first) return null;
  const text = `${subject}${severe ? '{log.errors} records of level error or worse' : '{log.warnings} warnings'}`;
  return { text, confidence: null, evidence: [{ pattern: first.id, fromLine: null, toLine: null, quote: excerpt(first) }] };
};

const statusesAsked = ({ asked, digest }: AnswerInput): RawClaim[] =>
  asked.terms.flatMap(({ text }) => statusesFor(text, digest.patterns)).flatMap((status) => statusClaims(status, digest));

const askedStatuses = ({ terms }: Asked): number[] => terms.flatMap(({ text }) => (/^[1-5]\d\d$/.test(text) ? [Number(text)] : []));

const sumOf = (statuses: readonly { count: number }[]): number => statuses.reduce((sum, { count }) => sum + count, 0);

/** '404' may stand in a log as a size: of a question about a status and nothing else, that no request got it. */
export const noneGot = (asked: Asked, { patterns, other, ledger }: Digest): Claim | null => {
  const statuses = askedStatuses(asked);
  const requests = patterns.filter((pattern) => statusesOf(pattern).length > 0);
  const isAbout = statuses.length > 0 && statuses.length === asked.terms.length && requests.length > 0;
  // Of what is not listed nobody knows.
  const isWhole = other.records === 0 && ledger.inRemainder === 0 && requests.every((one) => sumOf(statusesOf(one)) === one.count);
  if (!isAbout || !isWhole || requests.some((pattern) => statusesOf(pattern).some(({ status }) => statuses.includes(status)))) return null;
  // What is not known to be a request may still be one.
  const others = patterns.filter((pattern) => !requests.includes(pattern));
  if (others.some(({ variables }) => variables.some(({ top }) => top.some(({ value }) => statuses.includes(Number(value)))))) return null;
  const count = requests.reduce((sum, pattern) => sum + pattern.count, 0);
  return {
    text: `None of the ${formatCount(count)} requests got ${statuses.join(' or ')}`,
    confidence: null,
    evidence: requests.slice(0, 4).map(({ id, first, last }) => ({ pattern: id, lines: { from: first.line, to: last.line }, quote: null })),
  };
};

/** How many requests got a status, where the log's requests carry one. */
export const statusClaims = (status: number, { patterns }: Digest): RawClaim[] => {
  const having = patterns.filter((pattern) => statusesOf(pattern).some((one) => one.status === status));
  if (having.length === 0) return [];
  const whole = having.every((pattern) => statusesOf(pattern).length === 1);
  const named = whole ? nameRequests({ kind: null, patterns: having, same: true, told: null }) : null;
  const [first] = having;
  if (named && first)
    return [{ text: `${named.replace(/,$/, '')}, ${when(having)}`, confidence: null, evidence: having.map((pattern) => cite(pattern)) }];
  if (whole && first)
    return [
      {
        text: `{${ownerOf(having)}.count} requests got ${status}, ${when(having)}`,
        confidence: null,
        evidence: having.map((pattern) => cite(pattern)),
      },
    ];
  return having.map((pattern) => {
    const fact = statusesOf(pattern).find((one) => one.status === status)?.fact;
    return { text: `${fact} requests of “${readable(pattern)}” got ${status}`, confidence: null, evidence: [cite(pattern)] };
  });
};

const spoken = ({ focus }: AnswerInput, most: number): RawClaim[] => focus.spokenOf.slice(0, most).map(patternClaim);

export const patternClaim = (pattern: Pattern): RawClaim => {
  const { id, count, first, last } = pattern;
  const once = `once, ${first.time ? 'at' : 'on'} {${id}.first}`;
  const moment = first.time !== null && first.time === last.time;
  const often = moment ? `{${id}.count} times at {${id}.first}` : `{${id}.count} times between {${id}.first} and {${id}.last}`;
  return {
    text: `“${readable(pattern)}”: ${count === 1 ? once : often}`,
    confidence: null,
    evidence: [{ pattern: id, fromLine: first.line, toLine: first.line, quote: excerpt(pattern) }],
  };
};

const found = ({ focus }: AnswerInput): RawClaim[] => focus.found.map(({ id, found: group }) => foundClaim(id, group));

export const foundClaim = (id: string, { terms, lines, first }: Found, unit = 'line'): RawClaim => {
  const what = terms.map((term) => `“${term}”`).join(' and ');
  const where =
    lines === 1
      ? `One ${unit} contains ${what}: line {${id}.firstLine}`
      : `{${id}.count} ${unit}s contain ${what}, from line {${id}.firstLine} to line {${id}.lastLine}`;
  return {
    text: where,
    confidence: null,
    evidence: [{ pattern: id, fromLine: first.line, toLine: first.line, quote: quoteOf(first.text) }],
  };
};

/** What was there in the time that was asked for: all lines of it, then what went wrong, then what there was most of. */
const momentClaims = ({ asked: { clock }, focus: { moment } }: AnswerInput): RawClaim[] => {
  if (!clock || !moment) return [];
  const { id, found: all, kinds } = moment;
  const span =
    clock.to - clock.from < 1 ? `At ${formatClock(clock.from)}` : `Between ${formatClock(clock.from)} and ${formatClock(clock.to)}`;
  const whole: RawClaim = {
    text: `${span} the log has {${id}.count} ${all.lines === 1 ? 'line' : 'lines'}, from line {${id}.firstLine} to line {${id}.lastLine}`,
    confidence: null,
    evidence: [{ pattern: id, fromLine: all.first.line, toLine: all.last.line, quote: null }],
  };
  const each = kinds.map(
    ({ id: kind, pattern, found: lines }): RawClaim => ({
      text: `“${readable(pattern)}”: {${kind}.count} ${lines.lines === 1 ? 'time' : 'times'}, from line {${kind}.firstLine} to line {${kind}.lastLine}`,
      confidence: null,
      evidence: [{ pattern: kind, fromLine: lines.first.line, toLine: lines.first.line, quote: quoteOf(lines.first.text) }],
    }),
  );
  return [whole, ...each];
};

/** Lines the question names by number, as they stand in the log. */
const namedLines = (patterns: Pattern[]): RawClaim[] =>
  patterns
    .filter(({ reasons }) => reasons[0] === NAMED)
    .flatMap(({ id, samples }) =>
      samples.flatMap(({ lines, text }) => {
        const quote = quoteOf(text);
        return quote
          ? [
              {
                text: `“${quote.replace(/["“”`]/g, '')}”`,
                confidence: null,
                evidence: [{ pattern: id, fromLine: lines.from, toLine: lines.to, quote: null }],
              },
            ]
          : [];
      }),
    );

export const quoteOf = (text: string): string | null => {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= LONGEST_QUOTE) return plain.length >= 3 ? plain : null;
  // Half an address is another one.
  const space = plain.lastIndexOf(' ', LONGEST_QUOTE);
  return space > LONGEST_QUOTE / 2 ? plain.slice(0, space) : plain.slice(0, LONGEST_QUOTE).replace(/[\p{L}\p{N}]+$/u, '');
};

const LONGEST_QUOTE = 240;
