import { Foundation } from './0001-foundation.ts';
import { Tickets } from './0002-tickets.ts';
import { Webhooks } from './0003-webhooks.ts';
import { TriageAdvice } from './0004-triage-advice.ts';
import { TriageReplay } from './0005-triage-replay.ts';
import { PartialKeys } from './0006-partial-keys.ts';
import { Changelogs } from './0007-changelog.ts';
import { ChangelogSubscriptions } from './0008-changelog-subscriptions.ts';
import { TicketEmbeddings } from './0009-ticket-embeddings.ts';
import { LogQuestions } from './0010-log-questions.ts';
import { PatternMemories } from './0011-pattern-memory.ts';
import { Incidents } from './0012-incidents.ts';
import { Surviving } from './0013-surviving.ts';
import { IndexesAside } from './0014-indexes-aside.ts';
import { IncidentsWithoutSlack } from './0015-incidents-without-slack.ts';
import { LogBlobs } from './0016-log-blobs.ts';
import { LogMemory } from './0017-log-memory.ts';
import { TicketsInFull } from './0018-tickets-in-full.ts';
import { TicketsOfThreads } from './0019-tickets-of-threads.ts';
import { ChangelogCursors } from './0020-changelog-cursors.ts';
import { TriageTuning } from './0022-triage-tuning.ts';

/** In order. A migration that has landed is never edited: add the next. There is no 0021: the number was given and not used. */
export const migrationsList = [
  { name: '0001-foundation', class: Foundation },
  { name: '0002-tickets', class: Tickets },
  { name: '0003-webhooks', class: Webhooks },
  { name: '0004-triage-advice', class: TriageAdvice },
  { name: '0005-triage-replay', class: TriageReplay },
  { name: '0006-partial-keys', class: PartialKeys },
  { name: '0007-changelog', class: Changelogs },
  { name: '0008-changelog-subscriptions', class: ChangelogSubscriptions },
  { name: '0009-ticket-embeddings', class: TicketEmbeddings },
  { name: '0010-log-questions', class: LogQuestions },
  { name: '0011-pattern-memory', class: PatternMemories },
  { name: '0012-incidents', class: Incidents },
  { name: '0013-surviving', class: Surviving },
  { name: '0014-indexes-aside', class: IndexesAside },
  { name: '0015-incidents-without-slack', class: IncidentsWithoutSlack },
  { name: '0016-log-blobs', class: LogBlobs },
  { name: '0017-log-memory', class: LogMemory },
  { name: '0018-tickets-in-full', class: TicketsInFull },
  { name: '0019-tickets-of-threads', class: TicketsOfThreads },
  { name: '0020-changelog-cursors', class: ChangelogCursors },
  { name: '0022-triage-tuning', class: TriageTuning },
];
