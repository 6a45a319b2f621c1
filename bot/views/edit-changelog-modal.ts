import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { context } from '#bot/block-parts.ts';
import { ChangelogDraftDocument, type ChangelogDraftQuery, EditChangelogPostDocument } from '#bot/generated/operations.ts';
import type { Call, ViewHandler } from '#bot/handler.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { AppError } from '#src/core/errors.ts';
import { openThenFill, option, plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'changelog_edit';
// A modal takes a hundred blocks. Where all fit, each entry has a menu of sections below its box.
const MOST_ENTRIES = 95;
const MOST_WITH_MENU = 47;
const MAX_TEXT = 400;
const MAX_HINT = 150;

type Draft = NonNullable<NonNullable<ChangelogDraftQuery['changelogPost']>['changelog']>;
type Entry = Draft['entries'][number];
type Section = Entry['section'];

/** The entries of a draft, each in a box of its own. */
export const openEditChangelog = (call: Call, triggerId: string, id: string): Promise<void> =>
  openThenFill(call, {
    triggerId,
    view: { type: 'modal', title: plain('Edit the changelog'), close: plain('Cancel'), blocks: [context('Fetching the entries …')] },
    async fill() {
      const { changelogPost } = await call.api.request(ChangelogDraftDocument, { id }, call.acting);
      if (!changelogPost?.changelog) throw new AppError('NOT_FOUND', 'That changelog is not there any more.');
      if (changelogPost.state !== 'DRAFT') throw new AppError('CONFLICT', 'That changelog was decided on already.');
      return editChangelogModal(id, changelogPost.changelog);
    },
  });

const editChangelogModal = (id: string, { audience, entries }: Draft): ModalView => {
  const shown = entries.slice(0, MOST_ENTRIES);
  const hasMenu = shown.length <= MOST_WITH_MENU;
  return {
    type: 'modal',
    callback_id: CALLBACK_ID,
    private_metadata: JSON.stringify({ id }),
    title: plain('Edit the changelog'),
    submit: plain('Save'),
    close: plain('Cancel'),
    blocks: [
      context(
        'What you write stands, also when the changelog is composed again, and so does a section you choose. An empty box leaves the entry out; “Show what was left out” puts it back. References are added by me.',
      ),
      ...shown.flatMap((entry) => [textBox(entry), ...(hasMenu ? [sectionMenu(entry, audience)] : [])]),
      ...(entries.length > MOST_ENTRIES
        ? [context(`and ${entries.length - MOST_ENTRIES} more, which fit into no window; the API edits them.`)]
        : []),
    ],
  };
};

const textBox = ({ key, section, text, breaking, refs, originalTitle }: Entry) => ({
  type: 'input' as const,
  // An entry's key: what the API refuses is shown where it was typed.
  block_id: key,
  optional: true,
  label: plain([sectionNames[section], ...(breaking ? ['breaking'] : []), refs.slice(0, 5).join(', ')].filter(Boolean).join(' · ')),
  hint: plain(cut(`Originally: ${originalTitle}`, MAX_HINT)),
  element: {
    type: 'plain_text_input' as const,
    action_id: key,
    multiline: true,
    max_length: MAX_TEXT,
    initial_value: text.slice(0, MAX_TEXT),
  },
});

const sectionMenu = ({ key, section }: Entry, audience: Draft['audience']) => {
  const options = sections[audience].map((one) => option(sectionNames[one], one));
  const block = `${SECTION_OF}${key}`;
  const chosen = options.find(({ value }) => value === section);
  return {
    type: 'input' as const,
    block_id: block,
    label: plain('Section'),
    element: { type: 'static_select' as const, action_id: block, options, ...(chosen ? { initial_option: chosen } : {}) },
  };
};

const SECTION_OF = 'section:';

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

const sectionNames: Record<Section, string> = {
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

const ofReleases: readonly Section[] = ['ADDED', 'CHANGED', 'DEPRECATED', 'REMOVED', 'FIXED', 'SECURITY'];
const sections: Record<Draft['audience'], readonly Section[]> = {
  ENGINEERS: ofReleases,
  CUSTOMERS: ofReleases,
  COMPANY: ['PRODUCT', 'PLATFORM', 'PEOPLE_AND_POLICY', 'OPERATIONS'],
};

export const editChangelogSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: 'entries',
  async run({ view }, { api, acting }) {
    const { id } = noted.parse(JSON.parse(view.private_metadata));
    const values = Object.entries(valuesOf(view));
    const chosen = new Map(values.map(([block, value]) => [block, value?.selected_option?.value]));
    const entries = values.flatMap(([key, value]) =>
      key.startsWith(SECTION_OF) ? [] : [toEdit(key, value?.value, chosen.get(`${SECTION_OF}${key}`))],
    );
    const { editChangelogPost } = await api.request(EditChangelogPostDocument, { input: { id, entries } }, acting);
    throwUserError(editChangelogPost.userErrors);
  },
};

/** What is empty is left out. */
const toEdit = (key: string, text: string | null | undefined, section: string | undefined) =>
  !text?.trim() ? { key, leaveOut: true } : { key, text, ...(section ? { section: section as Section } : {}) };

const noted = z.object({ id: z.string() });
