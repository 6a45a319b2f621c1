import type { Digest, Pattern, Sample } from '#src/logs/digest/types.ts';
import { ownFailureOf } from '#src/logs/failures/own-failure.ts';
import { isUsual } from '#src/logs/failures/problems.ts';
import { readLine, type TellingLine } from '#src/logs/failures/telling-lines.ts';
import { rootOf } from '#src/logs/failures/trace-root.ts';
import type { Trouble } from '#src/logs/failures/troubles.ts';
import type { RawClaim, RawEvidence } from '#src/logs/summary-task.ts';
import { extentOf, peakOf } from '#src/logs/wording/facts.ts';
import { formatCount } from '#src/logs/wording/formats.ts';
import { cut, excerpt, readable, statementIn, withoutQuotes } from '#src/logs/wording/readable.ts';
import { nameFields, partlyFailed } from './name-fields.ts';
import { allRequestsFailed, failedOf, nameRequests } from './name-requests.ts';
import { patternAt, quoteLine } from './name-tests.ts';

/** 'A disk is full', 'A fault in the code: “…”', '“…”, caused by “…”', '{P3.count} requests got 503': what a person would call it. */
export const nameOf = (trouble: Trouble, limit: number): string => {
  const { kind, patterns } = trouble;
  const [pattern] = patterns;
  const known = kind && kind.root > 0 ? kind.headline : null;
  if (known && !kind?.vague && countOf(trouble) > Math.max(1, trouble.patterns.length) && !namesWhat(trouble) && !isOneStory(trouble))
    return known;
  const message = messageOf(trouble, limit);
  // 'Application run failed' says nothing that is known of.
  const root = pattern && !(known && kind && !kind.vague && kind.test.test(message)) ? rootOf(pattern) : null;
  const because = root && !says(message, root.message) ? `, caused by “${cutQuoted(root.message, limit)}”` : '';
  return `${known && !repeats(known, message) ? `${known}: ` : ''}“${message}”${because}`;
};

/** Of a run that failed the line that tells it best stands for all that say so in other words. */
const isOneStory = ({ told, same }: Trouble): boolean => told !== null && !same;

/** Which setting, column or host it is, is what there is to mend: where all records say the same up to there, they name it. */
const namesWhat = ({ kind, patterns: [pattern, more] }: Trouble): boolean => {
  if (kind === null || pattern === undefined || more) return false;
  if (kind.id === 'slow' && statementIn(pattern.samples[0]?.text ?? '') !== null) return true;
  const [same = '', varies] = readable(pattern, 300).split('…');
  return named.has(kind.id) ? kind.test.test(same) : varies === undefined && same.length <= SHORT;
};

const SHORT = 60;
const named: ReadonlySet<string> = new Set([
  ...['missing-config', 'missing-module', 'dns', 'tls-certificate', 'port-in-use', 'sql', 'permission', 'connection-refused'],
  ...['replication', 'corrupt', 'disk-failing', 'log-space-full', 'no-leader'],
]);

/** 'Unhandled exceptions: “Unhandled exception: …”' says it twice. */
const repeats = (known: string, message: string): boolean => message.toLowerCase().startsWith(known.toLowerCase().slice(0, 9));

/** What one of the records says, without quotation marks of its own. */
const messageOf = (trouble: Trouble, limit = 110): string => {
  const {
    told,
    patterns: [pattern],
  } = trouble;
  const standsForItself = !pattern || isOneStory(trouble) || (pattern.count === 1 && pattern === told?.pattern && !isWithinTrace(told));
  if (told && standsForItself) {
    const resource = resourceOf(told);
    return resource ? `${sayLine(told.text, limit)} … ${resource}` : sayLine(withNext(told), limit);
  }
  if (!pattern) return '';
  const own = ownFailureOf(pattern);
  if (own?.by === 'event') return cutQuoted(own.name, limit);
  const within = lineWithin(trouble, pattern);
  if (within) return sayLine(within, limit);
  const statement = statementIn(pattern.samples[0]?.text ?? '');
  if (statement) return cutQuoted(statement, limit);
  const words = readable(pattern, 300);
  const short = withoutFolders(words, limit);
  return short === words ? readable(pattern, limit) : cutQuoted(short, limit);
};

/** Of a block of lines without times or levels the line that says it. */
const lineWithin = ({ kind }: Trouble, { level, template, samples: [sample] }: Pattern): string | null =>
  kind && level === 'unknown' && sample && !kind.test.test(template)
    ? (sample.text.split('\n').find((line) => kind.test.test(line)) ?? null)
    : null;

/** 'Could not resolve dependency:' says nothing without the line below. */
const withNext = ({ line, text, passage }: TellingLine): string => {
  const next = text.trimEnd().endsWith(':') ? (passage.text.split('\n')[line - passage.lines.from + 1] ?? '') : '';
  return next.trim() === ''
    ? text
    : `${text.trimEnd()} ${readLine(line + 1, next)
        .text.trim()
        .replace(/^npm (?:ERR!|error) /, '')}`;
};

/** Terraform names in the box, below what went wrong, what it was doing that with: 'with aws_db_instance.main,'. */
const resourceOf = ({ line, text, passage }: TellingLine): string | null => {
  if (!boxed.test(text)) return null;
  for (const below of passage.text.split('\n').slice(line - passage.lines.from + 1)) {
    const within = boxed.exec(below);
    if (!within) return null;
    const resource = /^with \S{1,80}(?=,$)/.exec(within[1] ?? '')?.[0];
    if (resource) return resource;
  }
  return null;
};

const boxed = /│\s*(.*?)\s*$/;

/** Of a trace the line that opens it names the failure, and what it is caused by is said beside it. */
const isWithinTrace = ({ line, pattern }: TellingLine): boolean =>
  pattern?.template.includes(' ↳ ') === true && pattern.samples.every(({ lines }) => lines.from !== line);

/** A line as a person would say it: without a runner's stamp and marks, without the folders in front of a file. */
const sayLine = (line: string, limit: number): string => {
  const words = withoutQuotes(line.trim().replace(marks, '')).replace(/\s+/g, ' ').trim().replace(toReason, ' => {… ');
  const short = withinChain(withoutFolders(words, limit), limit);
  return short.length <= limit * LONGER_CHAIN && (short.length <= limit || short.includes(': … '))
    ? short
    : `${cut(short, limit).replace(looseEnd, '')}…`;
};

/** Ansible tells the command and its times before the reason. */
const toReason = / => \{(?!…).{12,}?(?=\b(?:msg|stderr): [^\s,}])/;

/** 'updating main: operation error RDS: … : api error X: Cannot find version 13': of errors wrapped in one another the first and the last say it. */
const withinChain = (text: string, limit: number): string => {
  const links = text.split(/(?<=: )/);
  const [first = ''] = links;
  if (text.length <= limit || text.includes('{') || links.length < FEWEST_LINKS || first.length > limit / 2) return text;
  let last = '';
  for (const link of links.slice(1).reverse()) {
    if (first.length + 2 + link.length + last.length > limit * LONGER_CHAIN) break;
    last = `${link}${last}`;
  }
  return last === '' ? text : `${first}… ${last}`;
};

const FEWEST_LINKS = 4;
const LONGER_CHAIN = 1.15;

/** 'CartTest.java:31: …': the folders in front of a file that is named with its line are the first to go. */
const withoutFolders = (text: string, limit: number): string =>
  text.length > limit || /^(?:\w+: )?(?:file:\/\/)?\//.test(text)
    ? text.replace(/^((?:\w+: )?)(?:file:\/\/)?\/?(?:[^\s/:]*\/){2,}(?=[^\s/]+[:([]\[?\d)/, '')
    : text;

const marks =
  /^(?:[│╷╵┃|]\s*)?(?:\[?\d{4}-\d\d-\d\d[T ]\S+\]? +)?(?:##\[error\]|::error[^:]*::|\[(?:ERROR|FATAL|SEVERE)\]|(?:ERROR|FATAL|[Ee]rror|[Ff]atal):)?\s*(?:[•●✕✗✖✘×❌*]+\s+)?/u;
const looseEnd = /[\s….,:;=/([{-]+$/;

const says = (message: string, root: string): boolean => message.includes(cutQuoted(root, 40).replace(/…$/, ''));

/** For between quotation marks. */
export const cutQuoted = (text: string, limit: number): string => {
  const plain = text
    .replace(/["“”`]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.length <= limit ? plain : `${cut(plain, limit).replace(looseEnd, '')}…`;
};

export const countOf = ({ patterns, told }: Trouble): number =>
  Math.max(
    told ? 1 : 0,
    patterns.reduce((sum, { count }) => sum + count, 0),
  );

/** By which its facts are asked for: 'P3', 'P3+P7'. */
export const ownerOf = ({ patterns }: Pick<Trouble, 'patterns'>): string => patterns.map(({ id }) => id).join('+');

/** Goes on after what happened: ', at 12:04:11', ': 412 times between …' or ': 674 records in 4 patterns between …'. */
export const howOften = (trouble: Trouble): string => {
  const { patterns, told } = trouble;
  if (told && (patterns.length === 0 || isOneStory(trouble))) return `, on line ${formatCount(told.line)}`;
  if (patterns.length === 0) return '';
  const owner = ownerOf(trouble);
  if (countOf(trouble) === 1) {
    if (patterns[0]?.first.time) return `, at {${owner}.first}`;
    // Of a record of many lines the one that is told.
    return told && patterns[0]?.template.includes(' ↳ ') !== true ? `, on line ${formatCount(told.line)}` : `, on {${owner}.first}`;
  }
  // One failed login may write three records, so those of several patterns are not "times".
  return `: ${trouble.same ? `{${owner}.count} times` : `{${owner}.count} records in {${owner}.patterns} patterns`} ${when(patterns)}`;
};

/** ', first seen ever, 2 min after “Deploy shop 3.2.0”' or ', as usual, 170 an hour': what earlier logs say about it. */
export const comparedWith = ({ patterns }: Trouble): string => {
  if (patterns.length === 0) return '';
  const owner = patterns.map(({ id }) => id).join('+');
  const isNew = patterns.every(({ past }) => past?.isNew);
  return [
    isNew ? `, {${owner}.new}` : '',
    patterns.every(isUsual) ? `, {${owner}.usual}` : '',
    // Of several the wildest says nothing of the others.
    patterns.every(({ past }) => past?.more) ? `, {${owner}.more}` : '',
    patterns.some(({ past }) => past?.after) ? `, {${owner}.after}` : '',
  ].join('');
};

/** 'at 12:04:11', 'on line 7', or 'between 12:04:11 and 12:13:40'. */
export const when = (patterns: Pattern[]): string => {
  const owner = patterns.map(({ id }) => id).join('+');
  const { earliest, latest } = extentOf(patterns);
  const moment = earliest.time !== null && earliest.time.slice(0, 19) === latest.time?.slice(0, 19);
  if (earliest.time === null && earliest.line === latest.line) return `on {${owner}.first}`;
  // A time and a line are no two ends of one stretch.
  if ((earliest.time === null) !== (latest.time === null)) return `between line {${owner}.firstLine} and line {${owner}.lastLine}`;
  return moment ? `at {${owner}.first}` : `between {${owner}.first} and {${owner}.last}`;
};

/** What is going on: one statement about a trouble, with its evidence. */
export const describe = (trouble: Trouble, digest: Digest): RawClaim => {
  const { kind, patterns } = trouble;
  const [first] = patterns;
  const requests = nameRequests(trouble);
  const some = nameFields(trouble);
  if (some && first) return { text: `${some}${comparedWith(trouble)}`, confidence: null, evidence: [citeFailed(first)] };
  const text = requests
    ? `${becauseOf(trouble)}${requestsWhen(trouble, requests)}${comparedWith(trouble)}${peakIn(mostOf(patterns), digest)}`
    : first && !trouble.same && !isOneStory(trouble)
      ? `${kind && kind.root > 0 ? kind.headline : `“${readable(first)}”`}${howOften(trouble)}, ${mostly(trouble)}${comparedWith(trouble)}${peakIn(mostOf(patterns), digest)}`
      : sayAll(trouble, digest);
  return {
    text,
    confidence: null,
    evidence: requests && !allRequestsFailed(trouble) ? patterns.map(citeFailed) : citeAll(trouble, digest),
  };
};

/** What most of its records say; where no pattern has most, what the first does. */
const mostly = (trouble: Trouble): string => {
  const { patterns } = trouble;
  const most = mostOf(patterns);
  const isMost = patterns.every((pattern) => pattern === most || pattern.count < most.count);
  const said = lineWithin(trouble, most)?.trim() ?? readable(most);
  return isMost ? `most often “${said}” ({${most.id}.count})` : `among them “${said}”`;
};

/** Of records of which some went well one that failed, where one is held. */
const citeFailed = (pattern: Pattern): RawEvidence => {
  const sample = failedSample(pattern);
  return { ...cite(pattern), quote: sample ? excerpt({ ...pattern, samples: [sample] }) : null };
};

export const failedSample = (pattern: Pattern): Sample | undefined => {
  const value = partlyFailed(pattern)?.value;
  if (value !== undefined) return pattern.samples.find(({ text }) => text.includes(value));
  const failed = failedOf(pattern).map(({ status }) => new RegExp(`(?<![\\w.:-])${status}(?![\\w.:-])`));
  return pattern.samples.find(({ text }) => failed.some((status) => status.test(text)));
};

/** Where some of the records are of requests that went well, their times say nothing of those that failed. */
export const requestsWhen = (trouble: Trouble, requests: string): string =>
  allRequestsFailed(trouble) ? `${requests} ${when(trouble.patterns)}` : requests.replace(/,$/, '');

/** 'Connections of a pool are used up: ' where the lines say more than the status. */
export const becauseOf = ({ kind, patterns: [first] }: Trouble): string =>
  kind && kind.root > 0 && !kind.vague && first && kind.test.test(first.template.replace(/\b[1-5]\d\d\b/g, '')) ? `${kind.headline}: ` : '';

const sayAll = (trouble: Trouble, digest: Digest): string => {
  const { kind, patterns } = trouble;
  const [first] = patterns;
  const message = messageOf(trouble);
  const root = first ? rootOf(first) : null;
  const because = root && !says(message, root.message) ? `, caused by “${cutQuoted(root.message, 160)}”` : '';
  return `${kind && kind.root > 0 && !repeats(kind.headline, message) ? `${kind.headline}: ` : ''}“${message}”${because}${howOften(trouble)}${comparedWith(trouble)}${first ? peakIn(first, digest) : ''}`;
};

const peakIn = (pattern: Pattern, digest: Digest): string => (peakOf(pattern, digest) ? `, most around {${pattern.id}.peak}` : '');

export const mostOf = (patterns: Pattern[]): Pattern =>
  patterns.reduce((most, pattern) => (pattern.count > most.count ? pattern : most), patterns[0] as Pattern);

/** The passage is from the pattern that says it most often; each of the others is named. */
const citeAll = (trouble: Trouble, digest: Digest): RawEvidence[] => {
  const { patterns, told, same } = trouble;
  const [first, ...others] = patterns;
  if (!first) return citeTold(told, digest);
  if (isOneStory(trouble))
    return [...citeTold(told, digest), ...patterns.filter((one) => one !== told?.pattern).map((one) => ({ ...cite(one), quote: null }))];
  if (told && countOf(trouble) === 1 && first.samples.some(({ text }) => text.includes(told.text.trim())))
    return [
      { pattern: first.id, fromLine: told.line, toLine: told.line, quote: cut(told.text.trim(), 200) },
      ...others.map((pattern) => ({ ...cite(pattern), quote: null })),
    ];
  const quoted = same ? first : mostOf(patterns);
  const within = lineWithin(trouble, quoted);
  return [
    { ...cite(quoted), ...(within ? { quote: cut(within.trim(), 200) } : {}) },
    ...patterns.filter((pattern) => pattern !== quoted).map((pattern) => ({ ...cite(pattern), quote: null })),
  ];
};

/** Where the line that tells of it is in no pattern that is listed. */
export const citeTold = (told: TellingLine | null, digest: Digest): RawEvidence[] =>
  told ? [{ ...quoteLine(told), pattern: patternAt(digest, told.line)?.id ?? null }] : [];

/** With the line that says it, where the pattern's first does not. */
export const citeOf = (trouble: Trouble, pattern: Pattern): RawEvidence => {
  const within = lineWithin(trouble, pattern);
  return within ? { ...cite(pattern), quote: cut(within.trim(), 200) } : cite(pattern);
};

export const cite = (pattern: Pattern): RawEvidence => ({
  pattern: pattern.id,
  fromLine: pattern.first.line,
  toLine: Math.max(pattern.last.line, pattern.first.line),
  quote: excerpt(pattern),
});
