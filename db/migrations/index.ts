import { Foundation } from './0001-foundation.ts';
import { Tickets } from './0002-tickets.ts';
import { Webhooks } from './0003-webhooks.ts';
import { TriageAdvice } from './0004-triage-advice.ts';
import { TriageReplay } from './0005-triage-replay.ts';
import { PartialKeys } from './0006-partial-keys.ts';

/** In order. A migration that has landed is never edited: add the next. */
export const migrationsList = [
  { name: '0001-foundation', class: Foundation },
  { name: '0002-tickets', class: Tickets },
  { name: '0003-webhooks', class: Webhooks },
  { name: '0004-triage-advice', class: TriageAdvice },
  { name: '0005-triage-replay', class: TriageReplay },
  { name: '0006-partial-keys', class: PartialKeys },
];
