import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { context } from '#bot/block-parts.ts';
import {
  ChangelogOmittedDocument,
  type ChangelogOmittedQuery,
  IncludeChangesDocument,
  RecomposeChangelogPostDocument,
} from '#bot/generated/operations.ts';
import type { Call, ViewHandler } from '#bot/handler.ts';
import { requireFullMember } from '#bot/require-colleague.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { AppError } from '#src/core/errors.ts';
import { openThenFill, option, plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'changelog_omitted';
// Of one group of boxes.
const MOST_BOXES = 10;

type Post = NonNullable<ChangelogOmittedQuery['changelogPost']>;
type Left = NonNullable<Post['changelog']>['omitted']['edges'][number]['node'];

/** What a post left out, each with its reason, and a box to put it back. Throws FORBIDDEN. */
export const openOmittedChanges = async (call: Call, triggerId: string, id: string): Promise<void> => {
  await requireFullMember(call);
  await openThenFill(call, {
    triggerId,
    view: { type: 'modal', title: plain('Left out'), close: plain('Close'), blocks: [context('Fetching what was left out …')] },
    async fill() {
      const { changelogPost } = await call.api.request(ChangelogOmittedDocument, { id }, call.acting);
      if (!changelogPost?.changelog) throw new AppError('NOT_FOUND', 'That changelog is not there any more.');
      return omittedModal(changelogPost, changelogPost.changelog);
    },
  });
};

const omittedModal = ({ id, state }: Post, { id: changelogId, omitted }: NonNullable<Post['changelog']>): ModalView => {
  // What went along with something private says nothing more.
  const nodes = omitted.edges.map(({ node }) => node).filter(({ reason, of }) => reason !== 'PRIVATE' || of === null);
  const open = nodes.filter(({ reason }) => !SETTLED.has(reason));
  const settled = nodes.filter(({ reason }) => SETTLED.has(reason));
  const groups = Array.from({ length: Math.ceil(open.length / MOST_BOXES) }, (_, at) => open.slice(at * MOST_BOXES, (at + 1) * MOST_BOXES));
  return {
    type: 'modal',
    callback_id: CALLBACK_ID,
    private_metadata: JSON.stringify({ id, changelogId, state }),
    title: plain('Left out'),
    ...(open.length > 0 ? { submit: plain('Put back') } : {}),
    close: plain('Close'),
    blocks: [
      context(
        state === 'DRAFT'
          ? 'Tick what is to be told after all: the draft is composed again with it.'
          : 'Tick what is to be told after all: the next changelog for these readers has it.',
      ),
      ...groups.map((group, at) => ({
        type: 'input' as const,
        block_id: `left${at}`,
        optional: true,
        label: plain(at === 0 ? 'Left out' : 'and'),
        element: { type: 'checkboxes' as const, action_id: `left${at}`, options: group.map(toBox) },
      })),
      ...(settled.length > 0
        ? [
            context(
              `Beside these: ${[...countOf(settled.map(({ title, reason }) => `${title.slice(0, 80)} (${whyOf(reason)})`))]
                .map(([words, many]) => (many > 1 ? `${words} ×${many}` : words))
                .join(' · ')
                .slice(0, 2_800)}`,
            ),
          ]
        : []),
      ...(omitted.pageInfo.hasNextPage ? [context('and more, which fit into no window; the API has them all.')] : []),
    ],
  };
};

/** Of what may not be named there is one line, however much there is. */
const countOf = (lines: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
};

const toBox = ({ title, reason, change }: Left) => ({ ...option(title, change.id), description: plain(whyOf(reason)) });

/** Those nobody can put back. */
const SETTLED: ReadonlySet<Left['reason']> = new Set<Left['reason']>(['REVERTED', 'REVERT', 'DUPLICATE', 'PRIVATE', 'NOT_FOR_READERS']);

// The others are said by their names.
const REASONS: Partial<Record<Left['reason'], string>> = {
  REVERTED: 'taken back',
  REVERT: 'takes back another',
  DUPLICATE: 'told already',
  MERGE: 'a merge',
  CI: 'builds',
  DOCS: 'documentation',
  DEPENDENCY: 'a dependency',
  RELEASE: 'a release',
  UNRELEASED_FIX: 'mends what was never released',
  LABEL: 'its label asks for it',
  BY_A_PERSON: 'left out by a person',
};

const whyOf = (reason: Left['reason']): string => REASONS[reason] ?? reason.toLowerCase().replaceAll('_', ' ');

export const omittedChangesSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: 'left0',
  async run({ view }, call) {
    await requireFullMember(call);
    const { api, acting } = call;
    const { id, changelogId, state } = noted.parse(JSON.parse(view.private_metadata));
    const changes = Object.values(valuesOf(view)).flatMap((value) => (value?.selected_options ?? []).map((one) => one.value));
    if (changes.length === 0) return;
    throwUserError((await api.request(IncludeChangesDocument, { input: { changelogId, changes } }, acting)).includeChanges.userErrors);
    if (state === 'DRAFT')
      throwUserError((await api.request(RecomposeChangelogPostDocument, { input: { id } }, acting)).recomposeChangelogPost.userErrors);
  },
};

const noted = z.object({ id: z.string(), changelogId: z.string(), state: z.string() });
