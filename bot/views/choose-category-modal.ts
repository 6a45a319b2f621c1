import type { ModalView } from '@slack/web-api';
import { z } from 'zod';
import { context } from '#bot/block-parts.ts';
import { CategoryNamesDocument, SetTicketCategoryDocument } from '#bot/generated/operations.ts';
import type { Call, ViewHandler } from '#bot/handler.ts';
import { requireColleague } from '#bot/require-colleague.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { menuOf, openThenFill, option, plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'choose_category';
const CATEGORY = 'categoryId';

/** All categories, for a ticket whose message has no room for them. */
export const openChooseCategory = (call: Call, triggerId: string, ticketId: string): Promise<void> =>
  openThenFill(call, {
    triggerId,
    view: { type: 'modal', title: plain('Category'), close: plain('Cancel'), blocks: [context('Fetching the categories …')] },
    fill: async () => chooseCategory(ticketId, (await call.api.request(CategoryNamesDocument, {}, call.acting)).categories),
  });

const chooseCategory = (id: string, categories: { id: string; name: string }[]): ModalView => ({
  type: 'modal',
  callback_id: CALLBACK_ID,
  private_metadata: JSON.stringify({ id }),
  title: plain('Category'),
  submit: plain('Choose'),
  close: plain('Cancel'),
  blocks: [
    {
      type: 'input',
      block_id: CATEGORY,
      label: plain('The right category'),
      hint: plain('Open the list and type to search it. What you choose stands, and teaches.'),
      element: {
        type: 'static_select',
        action_id: CATEGORY,
        placeholder: plain('Choose a category'),
        ...menuOf(categories.map((each) => option(each.name, each.id))),
      },
    },
  ],
});

export const chooseCategorySubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: CATEGORY,
  async run({ view }, call) {
    await requireColleague(call);
    const { id } = noted.parse(JSON.parse(view.private_metadata));
    const input = { id, categoryId: valuesOf(view)[CATEGORY]?.selected_option?.value ?? '' };
    throwUserError((await call.api.request(SetTicketCategoryDocument, { input }, call.acting)).setTicketCategory.userErrors);
  },
};

const noted = z.object({ id: z.string() });
