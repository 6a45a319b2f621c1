import { Foundation } from './0001-foundation.ts';
import { Tickets } from './0002-tickets.ts';

/** In order. A migration that has landed is never edited: add the next. */
export const migrationsList = [
  { name: '0001-foundation', class: Foundation },
  { name: '0002-tickets', class: Tickets },
];
