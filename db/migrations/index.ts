import { Foundation } from './0001-foundation.ts';

/** In order. A migration that has landed is never edited: add the next. */
export const migrationsList = [{ name: '0001-foundation', class: Foundation }];
