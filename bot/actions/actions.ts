import type { ActionHandler } from '#bot/handler.ts';
import { cancel } from './cancel.ts';
import { addCategory, editCategory, retireCategory } from './category.ts';
import { showLines } from './show-lines.ts';
import { ticketActions } from './ticket.ts';

/** Every button and menu: of a report, by the id its `ReportAction` carries, and of our windows. */
export const actions: ActionHandler[] = [cancel, showLines, ...ticketActions, editCategory, addCategory, retireCategory];
