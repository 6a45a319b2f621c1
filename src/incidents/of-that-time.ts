import type { Incident } from '#db/entities/incident.ts';
import type { LogResult } from '#db/entities/log-result.ts';
import { ANY_ZONE_MS, millisecondsOf } from '#src/core/log-time.ts';

type Digest = LogResult['digest'];
type Pattern = Digest['patterns'][number];

/**
 * What is grave in a log around an incident's time, by rank; `line` is the first or the last of its kind, whichever is from then. `count` is of the whole
 * log; `allThen` says that all of them are from then.
 */
type Problem = { template: string; count: number; line: number; allThen: boolean };

/** `worst` says whether the log's gravest of all is among them: then what was said of the whole log is said of that time. */
export type Around = { problems: Problem[]; worst: boolean };

/** How long before its beginning a log may belong to an incident. */
export const BEFORE_MS = 60 * 60_000;
/** How long after its end a log may still belong to an incident. */
export const AFTER_MS = 30 * 60_000;

/** From when the lines of a log are that may tell of an incident; one that says no time goes by when it came. */
export const timeAround = ({ startedAt, resolvedAt }: Pick<Incident, 'startedAt' | 'resolvedAt'>): { from: Date; to: Date | null } => ({
  from: new Date(startedAt.getTime() - BEFORE_MS),
  to: resolvedAt ? new Date(resolvedAt.getTime() + AFTER_MS) : null,
});

/** Null when no line of the log is from around that time. A log without times is taken to be. */
export const problemsAround = (digest: Digest, incident: Pick<Incident, 'startedAt' | 'resolvedAt'>): Around | null => {
  const { time, histogram, patterns } = digest;
  const grave = patterns.filter(({ level }) => level === 'fatal' || level === 'error' || level === 'warn');
  if (!time) return { problems: grave.map((pattern) => toProblem(pattern, pattern.first.line, true)), worst: true };
  const isAround = around(incident, time.zone === 'stated' ? 0 : ANY_ZONE_MS);
  const counted = (counts: readonly number[] | null): boolean =>
    !histogram ||
    !counts ||
    counts.some((count, at) => {
      const from = millisecondsOf(histogram.from) + at * histogram.bucketMs;
      return count > 0 && isAround(from, from + histogram.bucketMs);
    });
  if (!isAround(millisecondsOf(time.first), millisecondsOf(time.last)) || !counted(histogram?.all ?? null)) return null;
  const then = grave.filter(
    ({ first, last, histogram: counts }) =>
      first.time && last.time && isAround(millisecondsOf(first.time), millisecondsOf(last.time)) && counted(counts),
  );
  const problems = then.map((pattern) => {
    const [began, ended] = [millisecondsOf(pattern.first.time ?? ''), millisecondsOf(pattern.last.time ?? '')];
    const allThen = isAround(began, began) && isAround(ended, ended);
    return toProblem(pattern, isAround(began, began) ? pattern.first.line : pattern.last.line, allThen);
  });
  return { problems, worst: then[0] === grave[0] };
};

const around = (incident: Pick<Incident, 'startedAt' | 'resolvedAt'>, slackMs: number) => {
  const { from, to } = timeAround(incident);
  return (first: number, last: number): boolean => last >= from.getTime() - slackMs && (!to || first <= to.getTime() + slackMs);
};

const toProblem = ({ template, count }: Pattern, line: number, allThen: boolean): Problem => ({ template, count, line, allThen });
