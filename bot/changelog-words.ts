import type { ChangelogSubscriptionsQuery } from './generated/operations.ts';

export type Subscription = ChangelogSubscriptionsQuery['changelogSubscriptions'][number];

const readers: Record<Subscription['audience'], string> = {
  ENGINEERS: 'for engineers',
  CUSTOMERS: 'for customers',
  COMPANY: 'for the whole company',
};

/** 'every Monday at 09:00 (Europe/Berlin), for engineers, from acme/api, draft first, silent when nothing changed' */
export const toSentence = ({ schedule, systems, labels, paths, audience, emptyPeriods, draftFirst }: Subscription): string =>
  [
    schedule,
    readers[audience],
    ...(systems.length > 0 ? [`from ${listed(systems, 'and')}`] : []),
    ...(labels.length > 0 ? [`labelled ${listed(labels, 'or')}`] : []),
    ...(paths.length > 0 ? [`in ${listed(paths, 'or')}`] : []),
    ...(draftFirst ? ['draft first'] : []),
    emptyPeriods === 'SILENT' ? 'silent when nothing changed' : 'also when nothing changed',
  ].join(', ');

/** 'Monday 23 November 2026 at 09:00', by the clock of its zone. */
export const nextTimeOf = ({ nextAt, timeZone }: Pick<Subscription, 'nextAt' | 'timeZone'>): string =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  })
    .format(new Date(nextAt))
    .replace(',', '');

export const listOf = (subscriptions: readonly Subscription[]): string =>
  subscriptions.length === 0
    ? 'This channel has no changelog yet. /changelog subscribe opens a window for one.'
    : subscriptions
        .map(
          (one) => `${one.number}. ${toSentence(one)}\n   ${one.pausedAt ? `paused: ${one.pausedReason}` : `next on ${nextTimeOf(one)}`}`,
        )
        .join('\n');

/** 'a, b and c' */
export const listed = (words: readonly string[], last: 'and' | 'or'): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
