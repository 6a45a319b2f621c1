import type { Priority } from '#db/entities/ticket.ts';
import { judgePriority } from '#src/tickets/classify/index.ts';
import { withoutInstructions } from './without-instructions.ts';

/** What the words alone say of the priority, so that a ticket has its clock while people can be first; triage looks again. */
export const firstPriority = (text: { title: string; body: string }): Priority =>
  judgePriority(withoutInstructions(text)).priority as Priority;
