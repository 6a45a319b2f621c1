import type { ActionHandler } from '#bot/handler.ts';
import { cancel } from './cancel.ts';
import { showLines } from './show-lines.ts';

/** Every button of a report, by the id its `ReportAction` carries. */
export const actions: ActionHandler[] = [cancel, showLines];
