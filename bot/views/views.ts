import type { ViewHandler } from '#bot/handler.ts';
import { summarizeModalSubmitted } from './summarize-modal.ts';

/** Every modal that can be submitted. */
export const views: ViewHandler[] = [summarizeModalSubmitted];
