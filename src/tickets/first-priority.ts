import type { Priority } from '#db/entities/ticket.ts';
import { judgePriority } from './classify/index.ts';
import { instructsModels } from './instructs-models.ts';

/** What the words alone say of the priority, so that a ticket has its clock while people can be first; triage looks again. */
export const firstPriority = (text: { title: string; body: string }): Priority =>
  instructsModels(`${text.title}\n${text.body}`) ? 'P3' : (judgePriority(text).priority as Priority);
