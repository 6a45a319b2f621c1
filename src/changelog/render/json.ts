import type { Composed } from '#src/changelog/compose-changelog.ts';

/** Everything that is known, for programs. */
export const toJson = ({ changelogId, headline, scope, from, to, audience, semver, changeCount, entries, omitted }: Composed): string =>
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
      omitted,
    },
    null,
    2,
  )}\n`;
