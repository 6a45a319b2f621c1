import { RetireCategoryDocument, ReviveCategoryDocument } from '#bot/generated/operations.ts';
import type { ActionHandler } from '#bot/handler.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { categoryModal, openCategory } from '#bot/views/category-modal.ts';
import { refreshTriageSettings } from '#bot/views/triage-settings-modal.ts';
import { notice } from '#bot/views/window.ts';
import { chosenValue } from './action-value.ts';

/** Buttons of the settings' window. */
export const editCategory: ActionHandler = {
  id: 'category_edit',
  async run(click, call) {
    await openCategory(call, click.trigger_id, chosenValue(click));
    return undefined;
  },
};

export const addCategory: ActionHandler = {
  id: 'category_add',
  async run({ trigger_id }, { slack }) {
    await slack('views.push', { trigger_id, view: categoryModal() });
    return undefined;
  },
};

export const reviveCategory: ActionHandler = {
  id: 'category_revive',
  async run(click, call) {
    await call.people.requireAdmin(call.acting.userId);
    const { reviveCategory } = await call.api.request(ReviveCategoryDocument, { input: { id: chosenValue(click) } }, call.acting);
    throwUserError(reviveCategory.userErrors);
    if (!click.view) return 'That category is back, with its tickets and what they taught.';
    refreshTriageSettings(call, click.view.id);
    return undefined;
  },
};

export const retireCategory: ActionHandler = {
  id: 'category_retire',
  async run(click, call) {
    await call.people.requireAdmin(call.acting.userId);
    const { retireCategory } = await call.api.request(RetireCategoryDocument, { input: { id: chosenValue(click) } }, call.acting);
    throwUserError(retireCategory.userErrors);
    const { view } = click;
    if (!view) return RETIRED;
    const retired = notice('Category', RETIRED);
    call.meanwhile(() => call.slack('views.update', { view_id: view.id, view: retired }));
    if (view.root_view_id && view.root_view_id !== view.id) refreshTriageSettings(call, view.root_view_id);
    return undefined;
  },
};

const RETIRED =
  'That category is retired: it keeps its tickets and is not predicted any more. The settings can bring it back, with all it knew.';
