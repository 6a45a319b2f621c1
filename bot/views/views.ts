import type { ViewHandler } from '#bot/handler.ts';
import { addChangeSubmitted } from './add-change-modal.ts';
import { askLogSubmitted } from './ask-log-modal.ts';
import { categorySubmitted } from './category-modal.ts';
import { chooseCategorySubmitted } from './choose-category-modal.ts';
import { editChangelogSubmitted } from './edit-changelog-modal.ts';
import { mergeSubmitted } from './merge-modal.ts';
import { omittedChangesSubmitted } from './omitted-changes-modal.ts';
import { snoozeSubmitted } from './snooze-modal.ts';
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
  chooseCategorySubmitted,
  mergeSubmitted,
  snoozeSubmitted,
  subscribeSubmitted,
  addChangeSubmitted,
  editChangelogSubmitted,
  omittedChangesSubmitted,
];
