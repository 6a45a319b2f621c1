import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { context } from '#bot/block-parts.ts';
import { ChangelogDraftDocument, type ChangelogDraftQuery, EditChangelogPostDocument } from '#bot/generated/operations.ts';
import type { Call, ViewHandler } from '#bot/handler.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { AppError } from '#src/core/errors.ts';
import { openThenFill, plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'changelog_edit';
// A modal takes a hundred blocks.
const MOST_ENTRIES = 95;
const MAX_TEXT = 400;

type Entry = NonNullable<NonNullable<ChangelogDraftQuery['changelogPost']>['changelog']>['entries'][number];

/** The entries of a draft, each in a box of its own. */
export const openEditChangelog = (call: Call, triggerId: string, id: string): Promise<void> =>
  openThenFill(call, {
    triggerId,
    view: { type: 'modal', title: plain('Edit the changelog'), close: plain('Cancel'), blocks: [context('Fetching the entries …')] },
    async fill() {
      const { changelogPost } = await call.api.request(ChangelogDraftDocument, { id }, call.acting);
      if (!changelogPost?.changelog) throw new AppError('NOT_FOUND', 'That changelog is not there any more.');
      if (changelogPost.state !== 'DRAFT') throw new AppError('CONFLICT', 'That changelog was decided on already.');
      return editChangelogModal(id, changelogPost.changelog.entries);
    },
  });

const editChangelogModal = (id: string, entries: readonly Entry[]): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK_ID,
  private_metadata: JSON.stringify({ id }),
  title: plain('Edit the changelog'),
  submit: plain('Save'),
  close: plain('Cancel'),
  blocks: [
    context('What you write stands, also when the changelog is composed again. References are added by me.'),
    ...entries.slice(0, MOST_ENTRIES).map(({ key, section, text, breaking }) => ({
      type: 'input' as const,
      // An entry's key: what the API refuses is shown where it was typed.
      block_id: key,
      label: plain(`${SECTIONS[section] ?? section}${breaking ? ', breaking' : ''}`),
      element: {
        type: 'plain_text_input' as const,
        action_id: key,
        multiline: true,
        max_length: MAX_TEXT,
        initial_value: text.slice(0, MAX_TEXT),
      },
    })),
    ...(entries.length > MOST_ENTRIES
      ? [context(`and ${entries.length - MOST_ENTRIES} more, which fit into no window; the API edits them.`)]
      : []),
  ],
});

const SECTIONS: Partial<Record<Entry['section'], string>> = {
  ADDED: 'Added',
  CHANGED: 'Changed',
  DEPRECATED: 'Deprecated',
  REMOVED: 'Removed',
  FIXED: 'Fixed',
  SECURITY: 'Security',
  PRODUCT: 'Product',
  PLATFORM: 'Platform',
  PEOPLE_AND_POLICY: 'People & Policy',
  OPERATIONS: 'Operations',
};

export const editChangelogSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: 'entries',
  async run({ view }, { api, acting }) {
    const { id } = noted.parse(JSON.parse(view.private_metadata));
    const entries = Object.entries(valuesOf(view)).map(([key, value]) => ({ key, text: value?.value ?? '' }));
    const { editChangelogPost } = await api.request(EditChangelogPostDocument, { input: { id, entries } }, acting);
    throwUserError(editChangelogPost.userErrors);
  },
};

const noted = z.object({ id: z.string() });
