import type { Digest, Pattern, Variable } from '#src/logs/digest/types.ts';
import type { Trouble } from '#src/logs/failures/troubles.ts';
import type { RawClaim } from '#src/logs/summary-task.ts';
import { readable } from '#src/logs/wording/readable.ts';
import { shownVariables } from '#src/logs/wording/shown-values.ts';
import { cite } from './name-trouble.ts';

/** A login that went well, from where many were rejected before: somebody guessed right, or mended the password. */
export type Entry = { pattern: Pattern; claim: RawClaim; step: RawClaim };

const MANY = 10;
const FEW = 3;

/** Of troubles with logins the entry that followed from the same address; null where none did. */
export const entryAfter = (troubles: readonly Trouble[], digest: Digest): Entry | null => {
  const rejected = troubles.find(({ kind }) => kind?.id === 'authentication');
  if (!rejected) return null;
  const tried = rejected.patterns.flatMap((pattern) =>
    addressesOf(pattern).flatMap(({ index, top }) =>
      top.map(({ value, count }, rank) => ({
        value,
        count,
        first: pattern.first.line,
        of: pattern,
        fact: `{${pattern.id}.topCount.${index}.${rank}}`,
      })),
    ),
  );
  for (const pattern of digest.patterns.filter((one) => one.count <= FEW && entered.test(one.template) && !rejected.patterns.includes(one)))
    for (const { top } of addressesOf(pattern))
      for (const { value } of top) {
        const [most] = tried.filter((one) => one.value === value && one.first < pattern.last.line).toSorted((a, b) => b.count - a.count);
        if (most && most.count >= MANY) return { pattern, claim: toClaim(pattern, most), step: toStep(pattern) };
      }
  return null;
};

const toClaim = (pattern: Pattern, { value, of, fact }: { value: string; of: Pattern; fact: string }): RawClaim => ({
  text: `“${readable(pattern)}”${pattern.first.time ? `, at {${pattern.id}.first}` : `, on {${pattern.id}.first}`}: ${value} is the address of ${fact} of the {${of.id}.count} “${readable(of, 70)}”`,
  confidence: null,
  evidence: [cite(pattern), { ...cite(of), quote: null }],
});

const toStep = (pattern: Pattern): RawClaim => ({
  text: 'Ask whoever owns that account whether this login was theirs; if not, end the session and change the password.',
  confidence: null,
  evidence: [{ ...cite(pattern), quote: null }],
});

const addressesOf = (pattern: Pattern): Variable[] => shownVariables(pattern).filter(({ kind }) => kind === 'ip' || kind === 'host');

/** A login that went well. */
export const saysEntered = ({ template }: Pattern): boolean =>
  entered.test(template) && !/\b(?:not|never|failed|failure|refused|denied|invalid)\b/i.test(template);

const entered =
  /\b(?:accepted (?:password|publickey|keyboard)|session opened for user|new session \S+ (?:of|for) user|log(?:in|on) succe\w+|log(?:ged|in)[ -]?(?:in|on)?\b.{0,30}\b(?:success\w*|succeeded|ok)|successful(?:ly)? (?:log(?:ged|in)|authenticat\w+|sign\w* ?in)|authentication succeeded|logged in|signed in)\b/i;
