import type { Composed } from '#src/changelog/composing/compose-changelog.ts';
import type { ShownOmitted } from '#src/changelog/shown-omitted.ts';

/** Everything that is known, for programs. */
export const toJson = (
  { changelogId, headline, scope, from, to, audience, semver, changeCount, entries }: Composed,
  omitted: readonly ShownOmitted[],
): string =>
  `${JSON.stringify(
    {
      id: changelogId,
      headline,
      scope,
      from: from.toISOString(),
      to: to.toISOString(),
      audience,
      semver,
      changeCount,
      entries: entries.map(({ key, section, text, breaking, refs, tickets, url, links, changes, wordedBy }) => ({
        ...{ key, section, text, breaking, refs, tickets, url, links, changes, wordedBy },
      })),
      omitted: omitted.map(({ change, title, refs, reason, of }) => ({ change, title, refs, reason, of })),
    },
    null,
    2,
  )}\n`;
