import type { ChangelogPost } from '#db/entities/changelog-post.ts';
import { sectionsOf, writeHeadline } from '#src/changelog/changes/index.ts';
import type { Composed, ComposedEntry } from '#src/changelog/composing/compose-changelog.ts';
import { count, whyOf } from '#src/changelog/report.ts';
import type { Report, ReportAction, ReportItem, ReportLink } from '#src/core/report.ts';

type Told = Pick<ChangelogPost, 'id' | 'from' | 'to' | 'timeZone' | 'covers' | 'purpose'>;

/**
 * The message in the channel: what changed in a line, the period, and the counts. All numbers are ours (law 5). What was left out is shown to
 * the house: to `forOwner` always, in a channel not when customers read there.
 */
export const postRoot = (post: Told, composed: Composed, { forOwner }: { forOwner: boolean }): Report => {
  const { entries, changeCount, headline, omitted, engineFailure, audience } = composed;
  const counts = writeHeadline(composed, audience);
  const showsOmitted = omitted.length > 0 && (forOwner || audience !== 'customers');
  return {
    headline: entries.length === 0 ? 'Nothing worth telling changed' : headline,
    tone: entries.some((entry) => entry.breaking) ? 'high' : 'info',
    subtitle: [
      periodOf(post),
      post.covers > 1 ? `makes up for ${post.covers} periods` : '',
      // Those left out are counted below.
      `${count(changeCount - omitted.length, 'change')} in ${count(entries.length, 'entry', 'entries')}`,
      // Where the engine wrote the headline, the counts are said beside it.
      entries.length > 1 && counts !== headline ? counts : '',
    ]
      .filter(Boolean)
      .join(' · '),
    sections: [],
    charts: [],
    facts: [
      ...(showsOmitted ? [`${omitted.length} left out${whyOf(omitted)}`] : []),
      ...(engineFailure ? ['The engine did not answer, so these are the built-in words.'] : []),
      ...(post.purpose === 'PREVIEW' ? ['Only you see this preview. Nothing was posted, and the next post tells all of it.'] : []),
    ],
    actions: showsOmitted ? [omittedAction(post.id)] : [],
  };
};

/** A window with what is in no entry, and why; what is missed there can be put back. */
const omittedAction = (id: string): ReportAction => ({
  id: 'changelog_omitted',
  label: 'Show what was left out',
  value: JSON.stringify({ id }),
});

/** Instead of it, when nothing could be composed. */
export const failedRoot = ({ failure }: Pick<ChangelogPost, 'failure'>): Report => ({
  headline: 'The changelog could not be composed',
  tone: 'failed',
  sections: failure ? [{ title: 'Why', items: [{ text: `${failure.message} (${failure.id})` }] }] : [],
  charts: [],
  facts: [],
  actions: [],
});

/** The replies under it: a section each, in order, long ones cut between entries, so that every entry is shown whole. */
export const postParts = ({ entries, audience }: Pick<Composed, 'entries' | 'audience'>): Report[] =>
  sectionsOf(audience).flatMap((section) => {
    const own = entries.filter((entry) => entry.section === section);
    let first = 1;
    return cutAtEntries(own.map(toItem)).map((items, index) => {
      const last = first + items.length - 1;
      const title = items.length === own.length ? count(own.length, 'entry', 'entries') : `Entries ${first} to ${last} of ${own.length}`;
      first = last + 1;
      return {
        headline: index === 0 ? headingOf(section) : `${headingOf(section)}, continued`,
        tone: 'plain',
        sections: [{ title, items }],
        charts: [],
        facts: [],
        actions: [],
      };
    });
  });

// With '&' Slack would draw it smaller than the others: see drawHeadline.
const headingOf = (section: string): string => section.replace('&', 'and');

/** '16–23 November 2026', as the calendar is where the channel reads it. */
export const periodOf = ({ from, to, timeZone }: Pick<Told, 'from' | 'to' | 'timeZone'>): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'long', year: 'numeric' })
    .formatRange(from, to)
    .replaceAll('\u2009', ' ');

const toItem = ({ text, breaking, refs, tickets, url, links: addresses }: ComposedEntry): ReportItem => {
  const all = [...new Set([...refs, ...tickets])];
  const links: ReportLink[] = all.flatMap((ref) => (addresses[ref] ? [{ text: ref, url: addresses[ref] }] : []));
  if (links.length === 0 && url) links.push({ text: 'details', url });
  const rest = all.filter((ref) => !addresses[ref]);
  return {
    text,
    ...(breaking ? { label: 'breaking' } : {}),
    ...(links.length > 0 ? { links } : {}),
    ...(rest.length > 0 ? { refs: rest } : {}),
  };
};

// Well below what a message of Slack's may weigh (13,200 characters of blocks, by which quotes and line ends count double).
const MOST_WEIGHT = 7_500;
const MOST_ITEMS = 40;

const cutAtEntries = (items: ReportItem[]): ReportItem[][] => {
  const parts: ReportItem[][] = [];
  let room = 0;
  for (const item of items) {
    room -= weightOf(item);
    const part = parts.at(-1);
    if (part && room >= 0 && part.length < MOST_ITEMS) part.push(item);
    else {
      parts.push([item]);
      room = MOST_WEIGHT - weightOf(item);
    }
  }
  return parts;
};

const weightOf = ({ text, refs = [], links = [] }: ReportItem): number =>
  escaped(text) +
  refs.reduce((sum, ref) => sum + escaped(ref) + 3, 0) +
  links.reduce((sum, link) => sum + escaped(link.text + link.url) + 4, 0) +
  30;

// As written for Slack, which wants three signs escaped.
const escaped = (text: string): number => JSON.stringify(text).length + 4 * (text.match(/[&<>]/g)?.length ?? 0);
