import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { formatCount } from '#src/logs/formats.ts';
import type { Normal } from './normal.ts';

/**
 * The digest as people and engines are to read it: what is known noise is folded away (counted among the patterns that are not listed, so
 * the ledger still sums), and what is unusual says so among its reasons.
 */
export const applyNormal = (digest: Digest, normal: Normal | null): Digest => {
  if (!normal) return digest;
  const folded = digest.patterns.filter(({ id }) => normal.noise.includes(id));
  const sum = (number: (pattern: Pattern) => number): number => folded.reduce((total, pattern) => total + number(pattern), 0);
  const lines = sum((pattern) => pattern.lines);
  return {
    ...digest,
    patterns: digest.patterns.filter((pattern) => !folded.includes(pattern)).map((pattern) => withReasons(pattern, normal)),
    ledger: { ...digest.ledger, inPatterns: digest.ledger.inPatterns - lines, inOther: digest.ledger.inOther + lines },
    other: {
      patterns: digest.other.patterns + folded.length,
      records: digest.other.records + sum((pattern) => pattern.count),
      lines: digest.other.lines + lines,
    },
  };
};

const withReasons = (pattern: Pattern, { firstSeen, more }: Normal): Pattern => {
  const unusual = more.find((note) => note.pattern === pattern.id);
  const reasons = [
    ...(firstSeen.includes(pattern.id) ? ['first seen ever from this source'] : []),
    ...(unusual ? [timesUsual(unusual)] : []),
  ];
  return reasons.length > 0 ? { ...pattern, reasons: [...reasons, ...pattern.reasons] } : pattern;
};

/** '14× its usual rate'. */
export const timesUsual = ({ perHour, usualPerHour }: Normal['more'][number]): string =>
  `${formatCount(Math.round(perHour / usualPerHour))}× its usual rate`;

/** Small print about what is unusual, one line each. */
export const normalLines = ({ logsBefore, firstSeen, more, stopped, noise, sameAs, changes, tickets }: Normal): string[] => {
  const unusual = [
    ...(firstSeen.length > 0 ? [`first seen ever: ${firstSeen.join(', ')}`] : []),
    ...more.map((note) => `${note.pattern} ${timesUsual(note)}`),
    ...stopped.map(
      ({ template, usualPerHour }) => `stopped: “${short(template)}”, 0 of a usual ${formatCount(Math.round(usualPerHour))} an hour`,
    ),
  ];
  return [
    ...(unusual.length > 0 ? [`${unusual.join(' · ')} (of ${formatCount(logsBefore)} earlier logs)`] : []),
    ...(sameAs ? [`The same leading problems as in “${short(sameAs.title)}” of ${sameAs.at.slice(0, 10)} (${sameAs.logId})`] : []),
    ...changes.map(
      ({ pattern, title, system, at }) =>
        `Shortly before ${pattern} was first seen: “${short(title)}” in ${short(system)}, ${at.slice(11, 16)} UTC`,
    ),
    ...(tickets.length > 0 ? [`Open tickets that quote a problem of this log: ${tickets.join(', ')}`] : []),
    ...(noise.length > 0
      ? [`${noise.length === 1 ? 'One pattern' : `${noise.length} patterns`} of known noise folded away, still counted`]
      : []),
  ];
};

const short = (text: string): string => {
  const plain = redactSecrets(text.replace(/\s+/g, ' '));
  return plain.length > 80 ? `${plain.slice(0, 80)}…` : plain;
};
