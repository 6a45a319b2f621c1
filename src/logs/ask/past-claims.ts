import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { problemsOf } from '#src/logs/failures/problems.ts';
import type { Normal } from '#src/logs/memory/normal.ts';
import type { Claim } from '#src/logs/summary.ts';
import { calendarOf } from '#src/logs/wording/facts.ts';
import { formatCount, formatTime, timesUsual } from '#src/logs/wording/formats.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { shortTitle } from '#src/logs/wording/short-title.ts';

const MOST_CLAIMS = 5;

/** Was it like this before? From what is remembered of the log's source; times and counts are the memory's own. */
export const pastClaims = (normal: Normal | null, digest: Digest): Claim[] => {
  if (!normal || normal.logsBefore === 0) return cannotTell(normal, digest);
  const find = (id: string): Pattern | undefined => digest.patterns.find((pattern) => pattern.id === id);
  const logs = `${formatCount(normal.logsBefore)} earlier ${normal.logsBefore === 1 ? 'log' : 'logs'} of this source`;
  const fresh = normal.firstSeen.flatMap((id) => find(id) ?? []);
  const more = normal.more.flatMap((note) => {
    const pattern = find(note.pattern);
    return pattern ? [claim(pattern, `“${readable(pattern)}” comes at ${timesUsual(note)}`)] : [];
  });
  // Trouble that is neither new nor more than usual is nothing new.
  const [old] = problemsOf(digest)
    .map(({ pattern }) => pattern)
    .filter(({ id }) => !normal.firstSeen.includes(id) && !normal.more.some((note) => note.pattern === id));
  const claims = [
    ...(normal.sameAs && fresh.length === 0
      ? sameAs(
          normal.sameAs,
          problemsOf(digest).map(({ pattern }) => pattern),
        )
      : []),
    ...fresh.map((pattern) => claim(pattern, `“${readable(pattern)}” was never seen in ${logs}`)),
    ...more,
    ...(old && normal.logsBefore >= 3 ? [claim(old, `“${readable(old)}” was seen before, in one of ${logs} or more`)] : []),
  ].slice(0, MOST_CLAIMS);
  return claims.length > 0 ? claims : cannotTell(normal, digest);
};

/** Too little is remembered; what this log says itself is when the trouble began in it. */
const cannotTell = (normal: Normal | null, digest: Digest): Claim[] => {
  const [leading = digest.patterns[0]] = problemsOf(digest).map(({ pattern }) => pattern);
  if (!leading) return [];
  const known = normal?.logsBefore ?? 0;
  const why =
    normal === null
      ? 'this log names no source'
      : known === 0
        ? 'no earlier log of this source is known'
        : `only ${formatCount(known)} earlier ${known === 1 ? 'log' : 'logs'} of this source ${known === 1 ? 'is' : 'are'} known`;
  const began =
    leading.first.time && digest.time
      ? `begins at ${formatTime(leading.first.time, calendarOf(digest.time))}, and the log at ${formatTime(digest.time.first, calendarOf(digest.time))}`
      : `begins on line ${formatCount(leading.first.line)}`;
  return [claim(leading, `Whether it was there before cannot be told: ${why}. In this log “${readable(leading)}” ${began}`)];
};

const sameAs = ({ title, at, shared, of }: NonNullable<Normal['sameAs']>, [leading]: Pattern[]): Claim[] =>
  leading
    ? [
        claim(
          leading,
          `${formatCount(shared)} of ${formatCount(of)} leading problems are those of “${shortTitle(title)}” of ${at.slice(0, 10)}`,
        ),
      ]
    : [];

const claim = ({ id, first }: Pattern, text: string): Claim => ({
  text,
  confidence: null,
  evidence: [{ pattern: id, lines: { from: first.line, to: first.line }, quote: null }],
});
