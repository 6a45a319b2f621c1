import type { ViewHandler } from '#bot/handler.ts';
import { addChangeSubmitted } from './add-change-modal.ts';
import { askLogSubmitted } from './ask-log-modal.ts';
import { categorySubmitted } from './category-modal.ts';
import { editChangelogSubmitted } from './edit-changelog-modal.ts';
import { omittedChangesSubmitted } from './omitted-changes-modal.ts';
import { subscribeSubmitted } from './subscribe-modal.ts';
import { summarizeModalSubmitted } from './summarize-modal.ts';
import { ticketModalSubmitted } from './ticket-modal.ts';
import { triageSettingsSubmitted } from './triage-settings-modal.ts';

/** Every modal that can be submitted. */
export const views: ViewHandler[] = [
  summarizeModalSubmitted,
  askLogSubmitted,
  ticketModalSubmitted,
  triageSettingsSubmitted,
  categorySubmitted,
  subscribeSubmitted,
  addChangeSubmitted,
  editChangelogSubmitted,
  omittedChangesSubmitted,
];
