import type { ViewHandler } from '#bot/handler.ts';
import { categorySubmitted } from './category-modal.ts';
import { summarizeModalSubmitted } from './summarize-modal.ts';
import { ticketModalSubmitted } from './ticket-modal.ts';
import { triageSettingsSubmitted } from './triage-settings-modal.ts';

/** Every modal that can be submitted. */
export const views: ViewHandler[] = [summarizeModalSubmitted, ticketModalSubmitted, triageSettingsSubmitted, categorySubmitted];
