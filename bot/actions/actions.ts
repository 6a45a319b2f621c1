import type { ActionHandler } from '#bot/handler.ts';
import { ask } from './ask.ts';
import { cancel } from './cancel.ts';
import { addCategory, editCategory, retireCategory, reviveCategory } from './category.ts';
import { changelogActions } from './changelog.ts';
import { knownNoise } from './known-noise.ts';
import { postActions } from './post.ts';
import { ratingActions } from './rate.ts';
import { retry } from './retry.ts';
import { showLines } from './show-lines.ts';
import { ticketActions } from './ticket.ts';

/** Every button and menu: of a report, by the id its `ReportAction` carries, and of our windows. */
export const actions: ActionHandler[] = [
  cancel,
  retry,
  showLines,
  ask,
  knownNoise,
  ...ratingActions,
  ...ticketActions,
  ...postActions,
  editCategory,
  addCategory,
  retireCategory,
  reviveCategory,
  ...changelogActions,
];
