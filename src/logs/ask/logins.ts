import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { problemKindOf } from '#src/logs/failures/problem-kind.ts';
import { saysEntered } from '#src/logs/offline/find-entry.ts';
import type { Claim } from '#src/logs/summary.ts';
import { verifyClaims } from '#src/logs/verify/verify-summary.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { patternClaim } from './answer-offline.ts';
import type { Asked } from './parse-question.ts';
import { valueClaims } from './value-claims.ts';

const MOST_CLAIMS = 8;

/**
 * Who got in: the logins that went well, and none that were refused. Where the log tells of refused ones alone, that; null where the question is not
 * about logins that went well, or the log tells of none at all.
 */
export const loginClaims = (asked: Asked, digest: Digest): Claim[] | null => {
  if (!asked.login) return null;
  const names = asked.terms.filter(({ text }) => !/^(?:log|sign|success|user)/.test(text)).map(({ text }) => text);
  const holdsNames = ({ template, samples }: Pattern): boolean =>
    names.every((name) => [template, ...samples.map(({ text }) => text)].some((text) => text.toLowerCase().includes(name)));
  const found = digest.patterns.filter((pattern) => saysEntered(pattern) && (names.length === 0 || holdsNames(pattern)));
  // Of somebody by name, what is only of them.
  const alone = names.length > 0 ? found.filter(({ template }) => names.every((name) => template.toLowerCase().includes(name))) : [];
  const entered = alone.length > 0 ? alone : found;
  const claims = entered
    .toSorted((a, b) => a.first.line - b.first.line)
    .flatMap((pattern) => {
      const [values] = valueClaims({ ...asked, noun: 'user' }, [pattern], digest, true);
      return values ? [values] : [patternClaim(pattern)];
    });
  const { kept } = verifyClaims(claims, digest, MOST_CLAIMS);
  if (kept.length > 0) return kept;
  const refused = digest.patterns.find((pattern) => problemKindOf(pattern)?.id === 'authentication');
  // Of what is not listed nobody knows.
  if (!refused || digest.other.records > 0 || digest.ledger.inRemainder > 0) return null;
  return [
    {
      text: `The log tells of no login that went well${names.length > 0 ? ' with that name' : ''}, only of refused ones: “${readable(refused)}”`,
      confidence: null,
      evidence: [{ pattern: refused.id, lines: { from: refused.first.line, to: refused.first.line }, quote: null }],
    },
  ];
};
