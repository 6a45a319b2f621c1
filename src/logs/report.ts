import type { WorkFailure, WorkStatus } from '#db/entities/log.ts';
import { formatBytes } from '#src/core/format-bytes.ts';
import type { Receipt } from '#src/core/ports.ts';
import type { Report, ReportItem, ReportSection } from '#src/core/report.ts';
import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest, LineRange, Pattern } from './digest/types.ts';
import { calendarOf, createFacts } from './facts.ts';
import { formatCount, formatDate, formatDuration, formatTime } from './formats.ts';
import { normalLines } from './memory/apply-normal.ts';
import type { Normal } from './memory/normal.ts';
import { problemsOf } from './problems.ts';
import { readable } from './readable.ts';
import { summarizeOffline } from './summarize-offline.ts';
import type { Claim, LogSummary } from './summary.ts';

export type LogReportInput = {
  /** The log's id: goes with the actions, so that a click says what it is about. */
  id: string;
  log: { title: string; lineCount: number | null; bytes: number | null; requestedBy?: string | undefined };
  status: WorkStatus;
  digest: Digest | null;
  /** The digest has it applied. */
  normal?: Normal | null;
  summary: LogSummary | null;
  receipt: Receipt | null;
  failure: WorkFailure | null;
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
  const offline = summarizeOffline({ digest, title: input.log.title, source: null });
  return {
    ...frame(input),
    headline: redactSecrets(createFacts(digest).fill(offline.headline).text),
    tone: isOver(input) || input.failure ? offline.severity : 'working',
    sections: [{ title: 'Patterns', items: topPatterns(digest) }, ...(input.failure ? [failureSection(input.failure)] : [])],
    charts: chartsOf(digest),
    facts: [ledgerLine(digest, 0), ...unusual(input), engineLine(input)],
    actions: [showLines(input), ask(input), ...(isOver(input) ? [] : [cancel(input)]), ...retryIfStopped(input)],
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

const secondBeat = (input: LogReportInput, digest: Digest, summary: LogSummary): Report => ({
  ...frame(input),
  headline: summary.headline,
  tone: summary.severity,
  sections: [
    section('What is going on', summary.whatIsGoingOn),
    section('What likely caused it', summary.likelyCauses),
    section('Impact', summary.impact),
    { ...section('What to do next', summary.nextSteps), ordered: true },
  ].filter(({ items }) => items.length > 0),
  charts: chartsOf(digest),
  facts: [
    ledgerLine(digest, explainedBy(summary)),
    ...unusual(input),
    ...droppedLine(summary),
    ...(input.receipt ? [receiptLine(input.receipt)] : []),
  ],
  actions: [showLines(input), ask(input), ...silence(input, digest), ...rate(input)],
});

const rate = ({ id }: LogReportInput): Report['actions'] => [
  { id: 'rate_helpful', label: 'Helpful', value: id },
  { id: 'rate_not_helpful', label: 'Not helpful', value: id },
];

const frame = ({ log, digest }: LogReportInput): { subtitle: string } => {
  const lines = digest?.ledger.lines ?? log.lineCount;
  const bytes = digest?.bytes ?? log.bytes;
  const parts = [
    log.requestedBy ? `${log.requestedBy} asked for ${log.title}` : log.title,
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
  return `${day ? `${formatDate(day, year)} ` : ''}${first === last ? first : `${first}–${last}`}${zone}`;
};

const section = (title: string, claims: Claim[]): ReportSection => ({ title, items: claims.map(toItem) });

/** A checked claim with its evidence. */
export const toItem = ({ text, confidence, evidence }: Claim): ReportItem => {
  const refs = refsOf(evidence);
  const quote = evidence.find((piece) => piece.quote !== null)?.quote;
  return {
    text,
    ...(confidence ? { label: confidenceWord[confidence] } : {}),
    ...(refs.length > 0 ? { refs: [...new Set(refs)] } : {}),
    ...(quote ? { quote } : {}),
  };
};

/** Each piece with its lines; of many, the patterns and the lines they lie between. */
const refsOf = (evidence: Claim['evidence']): string[] => {
  if (evidence.length <= 2)
    return evidence.flatMap(({ pattern, lines }) => [...(pattern ? [pattern] : []), ...(lines ? [lineRef(lines)] : [])]);
  const lines = evidence.flatMap((piece) => piece.lines ?? []);
  const between = { from: Math.min(...lines.map(({ from }) => from)), to: Math.max(...lines.map(({ to }) => to)) };
  return [...evidence.flatMap(({ pattern }) => pattern ?? []), ...(lines.length > 0 ? [lineRef(between)] : [])];
};

const confidenceWord = { high: 'likely', medium: 'possible', low: 'a guess' } as const;

const lineRef = ({ from, to }: LineRange): string => (from === to ? `L${formatCount(from)}` : `L${formatCount(from)}–${formatCount(to)}`);

const topPatterns = (digest: Digest): ReportItem[] => {
  const problems = problemsOf(digest).map(({ pattern }) => pattern);
  const chosen = (problems.length > 0 ? problems : digest.patterns).slice(0, 5);
  return chosen.map((pattern) => ({
    text: redactSecrets(describePattern(pattern, digest)),
    label: pattern.level === 'unknown' ? `${formatCount(pattern.count)}×` : `${pattern.level} ${formatCount(pattern.count)}×`,
    refs: [pattern.id, lineRef({ from: pattern.first.line, to: Math.max(pattern.first.line, pattern.last.line) })],
  }));
};

const describePattern = (pattern: Pattern, digest: Digest): string => {
  const facts = createFacts(digest);
  const when = pattern.first.time
    ? facts.fill(pattern.count === 1 ? ` at {${pattern.id}.first}` : ` from {${pattern.id}.first} to {${pattern.id}.last}`).text
    : '';
  const template = pattern.template.replace(/\s+/g, ' ');
  return `${template.length > 200 ? `${template.slice(0, 200)}…` : template}${when}`;
};

const chartsOf = ({ histogram }: Digest): Report['charts'] => {
  if (!histogram || histogram.all.length < 2) return [];
  const { bucketMs } = histogram;
  const each = bucketMs === 60_000 ? 'a minute' : `per ${bucketMs < 1000 ? `${bucketMs} ms` : formatDuration(bucketMs)}`;
  return histogram.errors.some((errors) => errors > 0)
    ? [{ label: `errors ${each}`, values: histogram.errors }]
    : [{ label: `records ${each}`, values: histogram.all }];
};

/** Law 7, in one line: everything received is in it. */
const ledgerLine = ({ ledger, patterns, other }: Digest, explained: number): string => {
  const total = patterns.length + other.patterns;
  const parts = [
    explained > 0 ? `${formatCount(explained)} explained, ${formatCount(total - explained)} routine` : null,
    `${formatCount(ledger.inRemainder)} lines unread`,
    ledger.blank > 0 ? `${formatCount(ledger.blank)} blank` : null,
  ];
  return `${count(ledger.lines, 'line')} = ${count(total, 'pattern')}: ${parts.filter((part) => part !== null).join(', ')}`;
};

const explainedBy = (summary: LogSummary): number =>
  new Set(
    [...summary.whatIsGoingOn, ...summary.likelyCauses, ...summary.impact, ...summary.nextSteps].flatMap(({ evidence }) =>
      evidence.flatMap(({ pattern }) => (pattern ? [pattern] : [])),
    ),
  ).size;

const droppedLine = ({ unsupportedDropped }: LogSummary): string[] =>
  unsupportedDropped === 0 ? [] : [`${count(unsupportedDropped, 'unsupported claim')} dropped`];

/** What left, in one line (law 4). */
export const receiptLine = (receipt: Receipt): string => {
  const seconds = receipt.durationMs < 100 ? 'less than 0.1 s' : `${(receipt.durationMs / 1000).toFixed(1)} s`;
  if (receipt.insteadOf !== undefined)
    return `written by the built-in engine: today's budget for ${receipt.insteadOf} is used up · nothing left this machine · ${seconds}`;
  if (receipt.sentHash === null) return `written by the built-in engine · nothing left this machine · ${seconds}`;
  const masked = Object.values(receipt.maskedCounts).reduce((sum, number) => sum + number, 0);
  const kinds = Object.entries(receipt.maskedCounts)
    .map(([kind, number]) => `${formatCount(number)} ${kind}`)
    .join(', ');
  const cost =
    receipt.costUsd === null ? 'price unknown' : `$${receipt.costUsd < 0.01 ? receipt.costUsd.toFixed(4) : receipt.costUsd.toFixed(2)}`;
  return `${masked === 0 ? 'nothing to mask' : `${formatCount(masked)} masked (${kinds})`} · ${receipt.model} · ${formatCount(receipt.tokensIn + receipt.tokensOut)} tokens · ${cost} · ${seconds}`;
};

const failureSection = ({ message, id }: WorkFailure): ReportSection => ({
  title: 'What went wrong',
  items: [{ text: message, refs: [id] }],
});

const showLines = ({ id }: LogReportInput): Report['actions'][number] => ({ id: 'show_lines', label: 'Show lines', value: id });
/** Only where it would be remembered. */
const silence = ({ id, normal }: LogReportInput, { patterns }: Digest): Report['actions'] => {
  const options = patterns.slice(0, MOST_OPTIONS).map((pattern) => ({
    label: redactSecrets(`${pattern.id} ${readable(pattern, 60)}`).slice(0, 70),
    value: JSON.stringify({ logId: id, pattern: pattern.id }),
  }));
  return normal && options.length > 0 ? [{ id: 'known_noise', label: 'Known noise', value: id, options }] : [];
};

const MOST_OPTIONS = 20;

const unusual = ({ normal }: LogReportInput): string[] => (normal ? normalLines(normal) : []);

const ask = ({ id }: LogReportInput): Report['actions'][number] => ({ id: 'ask_log', label: 'Ask', value: id });
const cancel = ({ id }: LogReportInput): Report['actions'][number] => ({ id: 'cancel', label: 'Cancel', value: id });
const retryIfStopped = ({ id, status }: LogReportInput): Report['actions'] =>
  status === 'FAILED' || status === 'CANCELLED' ? [{ id: 'retry', label: 'Try again', value: id }] : [];

const isOver = ({ status }: LogReportInput): boolean => status === 'SUCCEEDED' || status === 'FAILED' || status === 'CANCELLED';

const count = (number: number, noun: string): string => `${formatCount(number)} ${noun}${number === 1 ? '' : 's'}`;
