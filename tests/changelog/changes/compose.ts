import { type Change, type Changelog, type ComposeOptions, composeChangelog } from '#src/changelog/changes/index.ts';

export const compose = (changes: Change[], leakList: string[] = [], audience: ComposeOptions['audience'] = 'engineers'): Changelog =>
  composeChangelog(changes, { audience, leakList });

/** Why each change that is left out is. */
export const reasons = (changes: Change[]): Record<string, string> =>
  Object.fromEntries(compose(changes).omitted.map(({ change, reason }) => [change, reason]));
