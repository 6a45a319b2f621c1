import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { problemsOf } from '#src/logs/failures/problems.ts';
import type { Normal } from '#src/logs/memory/normal.ts';
import type { Claim } from '#src/logs/summary.ts';
import { formatCount, timesUsual } from '#src/logs/wording/formats.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { shortTitle } from '#src/logs/wording/short-title.ts';

const MOST_CLAIMS = 5;

/** Was it like this before? From what is remembered of the log's source; times and counts are the memory's own. */
export const pastClaims = (normal: Normal | null, digest: Digest): Claim[] => {
  if (!normal || normal.logsBefore === 0) return [];
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
  return [
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
