import type { WorkFailure, WorkStatus } from '#db/entities/log.ts';
import { formatBytes } from '#src/core/format-bytes.ts';
import type { InsteadBecause, Receipt } from '#src/core/ports.ts';
import type { Report, ReportItem, ReportSection } from '#src/core/report.ts';
import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest, Pattern } from './digest/types.ts';
import { counted, lineRef, refsTo, section } from './draw-claims.ts';
import { chartsOf } from './draw-histogram.ts';
import { problemsOf } from './failures/problems.ts';
import { isFailedRun, readFirst } from './failures/telling-lines.ts';
import type { LogLinks } from './log-links.ts';
import { normalLines, relatedItems } from './memory/apply-normal.ts';
import { changeClaims } from './memory/change-claims.ts';
import type { Normal } from './memory/normal.ts';
import { summarizeOffline } from './offline/summarize-offline.ts';
import type { LogSummary, SummarySection } from './summary.ts';
import { calendarOf, createFacts } from './wording/facts.ts';
import { formatCount, formatDate, formatTime } from './wording/formats.ts';
import { phraseOf } from './wording/phrases.ts';

export type LogReportInput = {
  /** The log's id: goes with the actions, so that a click says what it is about. */
  id: string;
  log: { title: string; lineCount: number | null; bytes: number | null };
  status: WorkStatus;
  digest: Digest | null;
  /** The digest has it applied. */
  normal?: Normal | null;
  summary: LogSummary | null;
  receipt: Receipt | null;
  failure: WorkFailure | null;
  /** Where people find what the report speaks of; what has no address is told in words. */
  links?: LogLinks;
};

/** What the thread shows at every beat: waiting, digest, summary, and whatever stood when something failed or was cancelled. */
export const logReport = (input: LogReportInput): Report => {
  if (input.digest && input.summary) return secondBeat(input, input.digest, input.summary);
  if (input.digest) return firstBeat(input, input.digest);
  return waiting(input);
};

const waiting = (input: LogReportInput): Report => ({
  ...frame(input),
  headline: waitingHeadline(input),
  tone: input.status === 'FAILED' ? 'failed' : input.status === 'CANCELLED' ? 'info' : 'working',
  sections: input.failure ? [failureSection(input.failure)] : [],
  charts: [],
  facts: [],
  actions: [...(isOver(input) ? [] : [cancel(input)]), ...retryIfStopped(input)],
});

const waitingHeadline = ({ status, failure, log }: LogReportInput): string => {
  if (status === 'FAILED') return `${log.title} could not be read`;
  if (status === 'CANCELLED') return `Cancelled: ${log.title}`;
  if (failure) return `${log.title} is waiting for another try`;
  return status === 'RUNNING' ? `Reading ${log.title} …` : `${log.title} is in line`;
};

/** Computed by us alone: it stands, with or without an engine. */
const firstBeat = (input: LogReportInput, digest: Digest): Report => {
  const offline = summarizeOffline({ digest });
  const lines = readFirstSection(input, digest);
  return {
    ...frame(input),
    headline: redactSecrets(createFacts(digest).fill(offline.headline).text),
    tone: isOver(input) ? offline.severity : 'working',
    sections: [
      ...(lines ? [lines] : []),
      { title: 'Patterns', items: topPatterns(input, digest) },
      ...(input.failure ? [failureSection(input.failure)] : []),
    ],
    charts: chartsOf(digest),
    facts: [ledgerLine(digest, null), ...unusual(input), engineLine(input)],
    actions: [...showLines(input, null), ask(input), ...(isOver(input) ? [] : [cancel(input)]), ...retryIfStopped(input)],
  };
};

const engineLine = ({ status, failure }: LogReportInput): string => {
  if (status === 'CANCELLED') return 'Cancelled before the summary was written; the patterns above are complete.';
  if (status === 'FAILED')
    return `No summary: the engine gave up. The patterns above are complete.${failure ? ` Error ${failure.id}.` : ''}`;
  if (failure)
    return `No summary yet: the engine will be tried again${failure.retryAt ? ` at ${failure.retryAt.slice(11, 16)} UTC` : ''}. Error ${failure.id}.`;
  return 'Reading on: the engine is writing the summary.';
};

const titles = {
  whatIsGoingOn: 'What is going on',
  likelyCauses: 'What likely caused it',
  impact: 'Impact',
  nextSteps: 'What to do next',
} as const satisfies Record<SummarySection, string>;

const secondBeat = (input: LogReportInput, digest: Digest, summary: LogSummary): Report => {
  const lines = readFirstSection(input, digest);
  return {
    ...frame(input),
    headline: summary.headline,
    tone: summary.severity,
    sections: [
      counted(section(titles.whatIsGoingOn, summary.whatIsGoingOn, input), summary.whatIsGoingOn, digest, summary.headline),
      ...(lines ? [lines] : []),
      section(titles.likelyCauses, [...summary.likelyCauses, ...changeClaims(input.normal ?? null, digest)], input),
      section(titles.impact, summary.impact, input),
      { ...section(titles.nextSteps, summary.nextSteps, input), ordered: true },
      related(input),
    ].filter(({ items }) => items.length > 0),
    charts: chartsOf(digest),
    facts: [
      ledgerLine(digest, summary),
      ...guessedLine(summary, digest),
      ...unusual(input),
      ...droppedLine(summary),
      ...(input.receipt ? [receiptLine(input.receipt)] : []),
    ],
    actions: [...showLines(input, summary), ask(input), ...silence(input, digest), ...rate(input)],
  };
};

/** The lines to read first, where they say more than the statements above quote. */
const readFirstSection = (input: LogReportInput, digest: Digest): ReportSection | null => {
  if (!isFailedRun(digest)) return null;
  const passages = readFirst(digest, []);
  if (passages.length === 0) return null;
  return {
    title: 'Read first',
    items: passages.map(({ lines, text }) => ({ text: '', ...refsTo([lineRef(lines)], lines, input), quote: redactSecrets(text) })),
  };
};

const rate = ({ id }: LogReportInput): Report['actions'] => [
  { id: 'rate_helpful', label: 'Helpful', value: id },
  { id: 'rate_not_helpful', label: 'Not helpful', value: id },
];

const frame = ({ log, digest }: LogReportInput): { subtitle: string } => {
  const lines = digest?.ledger.lines ?? log.lineCount;
  const bytes = digest?.bytes ?? log.bytes;
  const parts = [
    log.title,
    lines === null ? null : count(lines, 'line'),
    bytes === null ? null : formatBytes(bytes),
    digest?.time ? period(digest.time) : null,
  ];
  return { subtitle: parts.filter((part) => part !== null).join(' · ') };
};

const period = (time: NonNullable<Digest['time']>): string => {
  const calendar = calendarOf(time);
  const { day, year } = calendar;
  const zone = time.zone === 'unknown' ? '' : time.first.endsWith('Z') ? ' UTC' : ` UTC${time.first.slice(-6)}`;
  const [first, last] = [formatTime(time.first, calendar), formatTime(time.last, calendar)];
  const assumed = time.zoneAssumed ? ' (assumed where the log states none)' : '';
  return `${day ? `${formatDate(day, year)} ` : ''}${first === last ? first : `${first}–${last}`}${zone}${assumed}`;
};

const topPatterns = (input: LogReportInput, digest: Digest): ReportItem[] => {
  const problems = problemsOf(digest).map(({ pattern }) => pattern);
  const chosen = (problems.length > 0 ? problems : digest.patterns).slice(0, 5);
  return chosen.map((pattern) => {
    const lines = { from: pattern.first.line, to: Math.max(pattern.first.line, pattern.last.line) };
    return {
      text: redactSecrets(describePattern(pattern, digest)),
      count: pattern.count,
      ...(pattern.level === 'unknown' ? {} : { label: `${pattern.level}${pattern.levelInferred ? '?' : ''}` }),
      ...refsTo([pattern.id, lineRef(lines)], lines, input),
    };
  });
};

const describePattern = (pattern: Pattern, digest: Digest): string => {
  const facts = createFacts(digest);
  const when = pattern.first.time
    ? facts.fill(pattern.count === 1 ? ` at {${pattern.id}.first}` : ` from {${pattern.id}.first} to {${pattern.id}.last}`).text
    : '';
  const template = pattern.template.replace(/\s+/g, ' ');
  return `${template.length > 200 ? `${template.slice(0, 200)}…` : template}${when}`;
};

/** Law 7, in one line: everything received is in it. */
const ledgerLine = (digest: Digest, summary: LogSummary | null): string => {
  const { ledger, patterns, other } = digest;
  const total = patterns.length + other.patterns;
  const explained = summary ? citedBy(summary) : new Set<string>();
  const troubled = problemsOf(digest).filter(({ pattern }) => !explained.has(pattern.id)).length;
  const parts = [
    summary ? `${formatCount(explained.size)} explained` : null,
    summary && troubled > 0 ? `${formatCount(troubled)} more with errors or warnings` : null,
    summary ? `${formatCount(total - explained.size - troubled)} routine` : null,
    `${formatCount(ledger.inRemainder)} ${ledger.inRemainder === 1 ? 'line' : 'lines'} unread`,
    (ledger.unreadBytes ?? 0) > 0 ? `${formatBytes(ledger.unreadBytes ?? 0)} at the ends of endless lines unread` : null,
    ledger.blank > 0 ? `${formatCount(ledger.blank)} blank` : null,
  ];
  return `${count(ledger.lines, 'line')} = ${count(total, 'pattern')}: ${parts.filter((part) => part !== null).join(', ')}`;
};

const citedBy = (summary: LogSummary): Set<string> =>
  new Set(
    [...summary.whatIsGoingOn, ...summary.likelyCauses, ...summary.impact, ...summary.nextSteps].flatMap(({ evidence }) =>
      evidence.flatMap(({ pattern }) => pattern ?? []),
    ),
  );

/** What the log did not say itself. */
const guessedLine = (summary: LogSummary, { patterns }: Digest): string[] => {
  const cited = citedBy(summary);
  const guessed = patterns
    .filter(({ id, level, levelInferred }) => cited.has(id) && levelInferred && level !== 'unknown')
    .map(({ id }) => id);
  if (guessed.length === 0) return [];
  const named = `${guessed.slice(0, 5).join(', ')}${guessed.length > 5 ? ` and ${guessed.length - 5} more` : ''}`;
  return [`The log does not state the ${guessed.length === 1 ? 'level' : 'levels'} of ${named}: inferred from the words`];
};

const droppedLine = ({ unsupportedDropped, ownWords }: LogSummary): string[] => [
  ...(unsupportedDropped === 0 ? [] : [`${count(unsupportedDropped, 'unsupported claim')} dropped`]),
  ...(ownWords ? [`${ownWords.map((section) => `“${titles[section]}”`).join(', ')}: the built-in engine's words`] : []),
];

/** What left, in one line (law 4). */
export const receiptLine = (receipt: Receipt): string => {
  // Of the built-in engine no time is told: it is a hundredth of a second, and who waited did so for the log to be read.
  if (receipt.insteadBecause) return `written by the built-in engine: ${receipt.insteadOf} ${insteadWords[receipt.insteadBecause]}`;
  if (receipt.insteadOf !== undefined)
    return `written by the built-in engine: today's budget for ${receipt.insteadOf} is used up · nothing left this machine`;
  if (receipt.sentHash === null) return 'written by the built-in engine · nothing left this machine';
  const seconds = receipt.durationMs < 100 ? 'less than 0.1 s' : `${(receipt.durationMs / 1000).toFixed(1)} s`;
  const masked = Object.values(receipt.maskedCounts).reduce((sum, number) => sum + number, 0);
  const kinds = Object.entries(receipt.maskedCounts)
    .map(([kind, number]) => `${formatCount(number)} ${kind}`)
    .join(', ');
  const cost =
    receipt.costUsd === null ? 'price unknown' : `$${receipt.costUsd < 0.01 ? receipt.costUsd.toFixed(4) : receipt.costUsd.toFixed(2)}`;
  return `${masked === 0 ? 'nothing to mask' : `${formatCount(masked)} masked (${kinds})`} · ${receipt.model} · ${formatCount(receipt.tokensIn + receipt.tokensOut)} tokens · ${cost} · ${seconds}`;
};

const insteadWords = {
  UNAVAILABLE: 'does not answer',
  DENIED: 'could not be used',
  REFUSED: 'declined this content',
  BAD_ANSWER: 'gave no answer that could be read',
} as const satisfies Record<InsteadBecause, string>;

const failureSection = ({ message, id }: WorkFailure): ReportSection => ({
  title: 'What went wrong',
  items: [{ text: message, refs: [id] }],
});

const MOST_OPTIONS = 20;
const BEFORE = 3;

/** A menu: the lines each statement stands on, then the log's first. Of a log without statements a button for its first lines. */
const showLines = ({ id }: LogReportInput, summary: LogSummary | null): Report['actions'] => {
  const claims = summary ? [...summary.whatIsGoingOn, ...summary.likelyCauses, ...summary.impact] : [];
  const options = claims.flatMap(({ text, evidence }) => {
    const lines = evidence.find((piece) => piece.lines !== null)?.lines;
    if (!lines) return [];
    const value = JSON.stringify({ logId: id, from: Math.max(1, lines.from - BEFORE), to: lines.to });
    return [{ label: `${lineRef({ from: lines.from, to: lines.from })} ${text}`, value }];
  });
  const distinct = options.filter(({ value }, at) => options.findIndex((other) => other.value === value) === at).slice(0, MOST_OPTIONS - 1);
  if (distinct.length === 0) return [{ id: 'show_lines', label: 'Show lines', value: id }];
  const whole = { label: 'From the first line', value: JSON.stringify({ logId: id, from: 1, to: 100 }) };
  return [{ id: 'show_lines', label: 'Show lines', value: id, options: [...distinct, whole] }];
};

/** Only where it would be remembered. What was marked before can be taken back there, too. */
const silence = ({ id, normal }: LogReportInput, { patterns }: Digest): Report['actions'] => {
  if (!normal) return [];
  const marked = normal.noise.map((pattern) => ({
    label: `${pattern}: no longer noise`,
    value: JSON.stringify({ logId: id, pattern, noise: false }),
  }));
  const options = patterns.slice(0, MOST_OPTIONS).map((pattern) => ({
    label: redactSecrets(`${pattern.id} ${phraseOf(pattern)}`).slice(0, 70),
    value: JSON.stringify({ logId: id, pattern: pattern.id }),
  }));
  return options.length + marked.length > 0
    ? [{ id: 'known_noise', label: 'Known noise', value: id, options: [...options, ...marked] }]
    : [];
};

const unusual = ({ normal, digest }: LogReportInput): string[] => (normal && digest ? normalLines(normal, digest) : []);

/** Also what was learned of since: an earlier incident, tickets, where a change is told. */
const related = ({ normal, links }: LogReportInput): ReportSection => ({
  title: 'Told elsewhere',
  items: normal ? relatedItems(normal, links) : [],
});

const ask = ({ id }: LogReportInput): Report['actions'][number] => ({ id: 'ask_log', label: 'Ask', value: id });
const cancel = ({ id }: LogReportInput): Report['actions'][number] => ({ id: 'cancel', label: 'Cancel', value: id });
const retryIfStopped = ({ id, status }: LogReportInput): Report['actions'] =>
  status === 'FAILED' || status === 'CANCELLED' ? [{ id: 'retry', label: 'Try again', value: id }] : [];

const isOver = ({ status }: LogReportInput): boolean => status === 'SUCCEEDED' || status === 'FAILED' || status === 'CANCELLED';

const count = (number: number, noun: string): string => `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`;
