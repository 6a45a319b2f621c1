import { z } from 'zod';
import {
  ApproveChangelogPostDocument,
  RecomposeChangelogPostDocument,
  SkipChangelogPostDocument,
  UpdateChangelogSubscriptionDocument,
} from '#bot/generated/operations.ts';
import type { ActionClick, ActionHandler, Call } from '#bot/handler.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { openEditChangelog } from '#bot/views/edit-changelog-modal.ts';
import { openOmittedChanges } from '#bot/views/omitted-changes-modal.ts';
import { AppError } from '#src/core/errors.ts';
import { chosenValue, tryJson } from './action-value.ts';

const named = z.object({ id: z.string().min(1) });

const onPost = (
  id: string,
  run: (input: { id: string }, call: Call, click: ActionClick) => Promise<string | undefined>,
): ActionHandler => ({
  id,
  run(click, call) {
    const { data } = named.safeParse(tryJson(chosenValue(click)));
    if (!data) throw new AppError('BAD_INPUT', 'That button is from an older version of me and no longer works. Use the newest draft.');
    return run(data, call, click);
  },
});

/** Every button of a draft, and of what its owner is told. The draft's own message says what became of it. */
export const changelogActions: ActionHandler[] = [
  onPost('changelog_approve', async (input, { api, acting }) => {
    const { approveChangelogPost } = await api.request(ApproveChangelogPostDocument, { input }, acting);
    throwUserError(approveChangelogPost.userErrors);
    const { waitsFor } = approveChangelogPost;
    return waitsFor ? `Approved. It is posted after the one of ${waitsFor}, on which nobody has decided yet.` : undefined;
  }),
  onPost('changelog_skip', async (input, { api, acting }) => {
    throwUserError((await api.request(SkipChangelogPostDocument, { input }, acting)).skipChangelogPost.userErrors);
    return undefined;
  }),
  onPost('changelog_again', async (input, { api, acting }) => {
    throwUserError((await api.request(RecomposeChangelogPostDocument, { input }, acting)).recomposeChangelogPost.userErrors);
    return undefined;
  }),
  onPost('changelog_edit', async ({ id }, call, click) => {
    await openEditChangelog(call, click.trigger_id, id);
    return undefined;
  }),
  onPost('changelog_omitted', async ({ id }, call, click) => {
    await openOmittedChanges(call, click.trigger_id, id);
    return undefined;
  }),
  onPost('changelog_resume', async ({ id }, { api, acting }) => {
    const input = { id, paused: false };
    throwUserError((await api.request(UpdateChangelogSubscriptionDocument, { input }, acting)).updateChangelogSubscription.userErrors);
    return 'It goes on, and what was missed is made up for.';
  }),
];
