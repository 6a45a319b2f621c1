import { createHash } from 'node:crypto';
import type { KnownBlock, ModalView } from '@slack/web-api';
import { z } from 'zod';
import { context } from '#bot/block-parts.ts';
import { createTicket, reporterOf, ticketKey } from '#bot/create-ticket.ts';
import {
  CategoryNamesDocument,
  type CategoryNamesQuery,
  type CreateTicketInput,
  PredictTicketDocument,
  type PredictTicketMutation,
} from '#bot/generated/operations.ts';
import type { Call, ViewHandler } from '#bot/handler.ts';
import { prose } from '#bot/mrkdwn.ts';
import { requireColleague } from '#bot/require-colleague.ts';
import { ticketOrigin } from '#bot/ticket-origin.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import { menuOf, openThenFill, option, plain, valuesOf } from './window.ts';

const CALLBACK_ID = 'ticket_modal';
// Block ids are the fields of CreateTicketInput: what the API refuses is shown where it was typed.
const TITLE = 'title';
const TEXT = 'text';
const CATEGORY = 'categoryId';
const SURE = 'sure';
const MAX_TITLE = 150;
/** Slack's own limit for a text box. */
const MAX_TEXT = 3_000;

/** A message a ticket is to be made of; with none, the window starts empty. */
export type TicketMessage = {
  ts: string;
  threadTs?: string | undefined;
  text: string;
  /** Where what it forwards comes from. */
  quotedChannels: string[];
  author: string | null;
  hasMore: boolean;
};
type Asked = { channel: string; responseUrl?: string | undefined };
type Category = CategoryNamesQuery['categories'][number];
type Prediction = NonNullable<PredictTicketMutation['predictTicket']['prediction']>;

/** Opens with what the message says; the categories and the predicted one follow when the API has answered. */
export const openTicketModal = (call: Call, triggerId: string, asked: Asked, message?: TicketMessage): Promise<void> =>
  openThenFill(call, {
    triggerId,
    view: ticketModal(asked, message, [context('Looking which category fits …')], null),
    async fill() {
      const [categories, prediction] = await Promise.all([namesOf(call), message ? predict(call, message.text) : null]);
      const guess = prediction && !prediction.abstained ? prediction.category : null;
      return ticketModal(asked, message, categoryBlocks(categories, prediction), guess?.id ?? null);
    },
  });

const ticketModal = (asked: Asked, message: TicketMessage | undefined, category: KnownBlock[], guessed: string | null): ModalView => {
  const text = (message?.text ?? '').slice(0, MAX_TEXT);
  const title = titleOf(text);
  return {
    type: 'modal',
    callback_id: CALLBACK_ID,
    private_metadata: JSON.stringify({ ...asked, guessed, message: message && noteOf(message, text) } satisfies Noted),
    title: plain('Create a ticket'),
    submit: plain('Create'),
    close: plain('Cancel'),
    blocks: [
      {
        type: 'input',
        block_id: TITLE,
        optional: true,
        label: plain('Title'),
        element: { type: 'plain_text_input', action_id: TITLE, max_length: MAX_TITLE, ...(title ? { initial_value: title } : {}) },
      },
      {
        type: 'input',
        block_id: TEXT,
        label: plain('What is needed'),
        ...(message && message.text.length > text.length ? { hint: plain(TOO_LONG) } : {}),
        element: {
          type: 'plain_text_input',
          action_id: TEXT,
          multiline: true,
          max_length: MAX_TEXT,
          ...(text ? { initial_value: text } : {}),
        },
      },
      ...category,
    ],
  };
};

const TOO_LONG = 'The message is longer than this box: all of it counts, and so does what you write here.';

const titleOf = (text: string): string => {
  const line =
    text
      .split('\n')
      .find((each) => each.trim() !== '')
      ?.trim() ?? '';
  return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE - 2).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
};

const categoryBlocks = (categories: Category[], prediction: Prediction | null): KnownBlock[] => {
  const likely = [prediction?.category, ...(prediction?.alternatives ?? []).map(({ category }) => category)].filter((each) => each != null);
  // The likeliest first.
  const shown = [...new Map([...likely, ...categories].map((each) => [each.id, each])).values()];
  if (shown.length === 0) return [context('Triage chooses the category.')];
  const guess = prediction && !prediction.abstained ? prediction.category : null;
  return [
    {
      type: 'input',
      block_id: CATEGORY,
      optional: true,
      label: plain('Category'),
      hint: plain(
        guess ? 'Predicted. Another one counts as your decision; this one is looked at again.' : 'Left empty, triage chooses it.',
      ),
      element: {
        type: 'static_select',
        action_id: CATEGORY,
        placeholder: plain('Triage chooses'),
        ...menuOf(shown.map(({ id, name }) => option(name, id))),
        ...(guess ? { initial_option: option(guess.name, guess.id) } : {}),
      },
    },
    ...(guess
      ? [
          {
            type: 'input' as const,
            block_id: SURE,
            optional: true,
            label: plain('Sure?'),
            element: { type: 'checkboxes' as const, action_id: SURE, options: [option('That is the right category: keep it', 'sure')] },
          },
        ]
      : []),
    ...(prediction ? [context(prose(saidOf(prediction, guess)))] : []),
  ];
};

const saidOf = ({ probability, alternatives }: Prediction, guess: Category | null): string => {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const others = alternatives.slice(0, 2).map((each) => `${each.category.name} (${percent(each.probability)})`);
  if (guess) return `Predicted: ${guess.name} (${percent(probability)})${others.length > 0 ? `; else ${others.join(' or ')}` : ''}.`;
  return others.length > 0
    ? `No category is certain enough; the most likely are ${others.join(' and ')}.`
    : 'No category is certain enough.';
};

// Nothing about categories keeps anybody from making a ticket: without them, triage chooses.
const namesOf = async ({ api, acting, log }: Call): Promise<Category[]> => {
  try {
    return (await api.request(CategoryNamesDocument, {}, acting)).categories;
  } catch (error) {
    log.warn({ code: isAppError(error) ? error.code : 'INTERNAL' }, 'The categories could not be offered');
    return [];
  }
};

/** A guess for the form, made without a remote engine. */
const predict = async ({ api, acting, log }: Call, text: string): Promise<Prediction | null> => {
  try {
    if (text === '') return null;
    const { predictTicket } = await api.request(PredictTicketDocument, { input: { title: titleOf(text), text } }, acting);
    return predictTicket.prediction;
  } catch (error) {
    log.warn({ code: isAppError(error) ? error.code : 'INTERNAL' }, 'No category could be predicted for a form');
    return null;
  }
};

/** The window is one ticket, however often it is sent; a message is one, whichever way it was asked for. */
export const ticketModalSubmitted: ViewHandler = {
  callbackId: CALLBACK_ID,
  errorBlock: TEXT,
  async run({ view, user, team }, call) {
    await requireColleague(call);
    const { channel, responseUrl, message, guessed } = noted.parse(JSON.parse(view.private_metadata));
    const values = valuesOf(view);
    const title = values[TITLE]?.value?.trim() ?? '';
    const text = values[TEXT]?.value?.trim() ?? '';
    if (text === '') throw new AppError('BAD_INPUT', 'Say here what is needed.', { field: TEXT });
    const chosen = values[CATEGORY]?.selected_option?.value;
    const decided = chosen && (chosen !== guessed || (values[SURE]?.selected_options ?? []).length > 0);
    const from = { teamId: team?.id ?? call.acting.teamId, channel, user: user.id };
    // What the window could not show, the message still says. Once somebody edited the text theirs counts, beside what did not fit.
    const edited = message?.fingerprint !== fingerprint(text);
    const unread = message && (edited ? message.cut : message.hasMore);
    const { name, replayed, sameThread } = await createTicket(call, {
      ...(title ? { title } : {}),
      ...(message && unread ? { slack: ticketOrigin({ channel, ...message }, from) } : {}),
      ...(unread && !edited ? {} : { text }),
      ...(message && message.quotedChannels.length > 0 ? { quotedChannels: message.quotedChannels } : {}),
      ...(decided ? { categoryId: chosen } : {}),
      reporter: reporterOf(from.teamId, message?.author ?? user.id),
      replyTo: { ...from, ...(message ? { threadTs: message.threadTs ?? message.ts } : {}), ...(responseUrl ? { responseUrl } : {}) },
      ...(message ? { oncePerThread: true } : {}),
      idempotencyKey: message ? ticketKey(channel, message.ts) : `slack:view:${view.id}`,
    } satisfies CreateTicketInput);
    // What was typed here is not in that ticket: whoever typed it must not think so.
    if (message && replayed)
      throw new AppError(
        'CONFLICT',
        `${sameThread ? 'The thread of that message' : 'That message'} is a ticket already, ${name}: say what is new in its thread${sameThread ? ', or begin another with /triage' : ''}.`,
      );
  },
};

const noted = z.object({
  channel: z.string(),
  responseUrl: z.string().optional(),
  guessed: z.string().nullable(),
  message: z
    .object({
      ts: z.string(),
      threadTs: z.string().optional(),
      author: z.string().nullable(),
      quotedChannels: z.array(z.string()),
      hasMore: z.boolean(),
      cut: z.boolean(),
      fingerprint: z.string(),
    })
    .optional(),
});
type Noted = z.infer<typeof noted>;

const noteOf = ({ ts, threadTs, author, quotedChannels, hasMore, text }: TicketMessage, shown: string): NonNullable<Noted['message']> => ({
  ts,
  ...(threadTs ? { threadTs } : {}),
  author,
  quotedChannels: quotedChannels.slice(0, 50),
  hasMore: hasMore || shown.length < text.length,
  cut: shown.length < text.length,
  fingerprint: fingerprint(shown),
});

// Slack may give line ends and outer blanks back in its own way.
const fingerprint = (text: string): string =>
  createHash('sha256').update(text.replace(/\s+/g, ' ').trim()).digest('base64url').slice(0, 16);
