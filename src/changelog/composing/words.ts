import type { WordedBy } from '#db/entities/changelog-entry.ts';
import { writeHeadline } from '#src/changelog/changes/index.ts';
import type { Audience, Changelog, Entry } from '#src/changelog/changes/types.ts';
import type { Receipt } from '#src/core/ports.ts';

export type WordedEntry = Entry & { wordedBy: WordedBy };

/** The words of a changelog, checked. */
export type Words = {
  headline: string;
  entries: WordedEntry[];
  /** Texts of an engine that did not pass; the built-in words stand there. */
  rejected: number;
  receipt: Receipt | null;
};

/** What code says by itself. */
export const builtinWords = (plan: Changelog, audience: Audience): Words => ({
  headline: writeHeadline(plan, audience),
  entries: plan.entries.map((entry) => ({ ...entry, wordedBy: 'BUILTIN' })),
  rejected: 0,
  receipt: null,
});
