import { parseReplyTo } from '#graphql/base/parse-reply-to.ts';
import { parseSlackChannel, parseSlackId, parseSlackOrigin } from '#graphql/base/parse-slack-origin.ts';
import type {
  CreateTicketInput,
  SaveCategoryInput,
  SaveTriageSettingsInput,
  SlackOriginInput,
  TicketFilter as TicketFilterInput,
  TriageReplayInput,
} from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { parseLine } from '#src/core/parse-line.ts';
import type { TicketFilter } from '#src/tickets/find-tickets.ts';
import type { CreateTicket, SaveCategory, SaveSettings, StartReplay } from '#src/tickets/service.ts';

/** Throws BAD_INPUT, and FORBIDDEN for Slack's parts without ACT_FOR_SLACK. */
export const parseCreateTicket = (actor: Actor, input: CreateTicketInput): CreateTicket => {
  const fromSlack = Boolean(input.slack || input.replyTo);
  if (fromSlack) requireScope(actor, 'ACT_FOR_SLACK');
  const typed = input.text !== null && input.text !== undefined;
  if (!typed && !input.slack) throw new AppError('BAD_INPUT', 'Send text, slack, or both.', { field: 'text' });
  return {
    title: input.title?.trim() ? parseLine(input.title, 'title', 300) : undefined,
    text: typed ? withoutNul(input.text ?? '') : undefined,
    origin: input.slack ? parseTicketOrigin(input.slack) : undefined,
    quotedChannels: input.quotedChannels?.slice(0, MOST_QUOTED).map((channel) => parseSlackId(channel, 'quotedChannels')),
    byReaction: input.byReaction ?? false,
    oncePerThread: (input.oncePerThread || input.byReaction) ?? false,
    entry: fromSlack ? 'SLACK' : 'API',
    categoryId: input.categoryId ? withoutNul(input.categoryId) : undefined,
    priority: input.priority ?? undefined,
    reporter: input.reporter?.trim() ? parseLine(input.reporter, 'reporter', 200) : undefined,
    idempotencyKey: input.idempotencyKey ? parseLine(input.idempotencyKey, 'idempotencyKey', 200) : undefined,
    replyTo: input.replyTo ? parseReplyTo(input.replyTo) : undefined,
  };
};

/** Throws BAD_INPUT. */
export const parseAssignee = (assignee: string): string => {
  const person = withoutNul(assignee).trim();
  if (/^slack:[TE][A-Z0-9]{1,20}:[UW][A-Z0-9]{1,20}$/.test(person) || /^usr_\w{1,40}$/.test(person)) return person;
  throw new AppError('BAD_INPUT', 'Name a user by id (usr_…) or a person in Slack (slack:T…:U…).', { field: 'assignee' });
};

const MOST_QUOTED = 50;

const parseTicketOrigin = (input: SlackOriginInput): CreateTicket['origin'] => {
  const origin = parseSlackOrigin(input);
  if (origin.kind === 'message' || origin.kind === 'thread') return origin;
  throw new AppError('BAD_INPUT', 'A ticket is made of a message or of a thread: MESSAGE or THREAD.', { field: 'slack.kind' });
};

export const parseSaveCategory = (input: SaveCategoryInput): SaveCategory => ({
  id: input.id ? withoutNul(input.id) : undefined,
  name: withoutNul(input.name),
  description: withoutNul(input.description),
  team: withoutNul(input.team),
  channel: input.channel ? parseSlackChannel(input.channel, 'channel') : null,
  onCall: input.onCall ? parseLine(input.onCall, 'onCall', 80) : null,
  mode: input.mode ?? 'SUPERVISED',
  targetPrecision: input.targetPrecision ?? 0.8,
});

export const parseSaveSettings = (input: SaveTriageSettingsInput): SaveSettings => ({
  emoji: input.emoji ?? undefined,
  threshold: input.threshold ?? undefined,
  delaySeconds: input.delaySeconds ?? undefined,
  restrictedChannels: input.restrictedChannels?.map((channel) => parseSlackChannel(channel, 'restrictedChannels')) ?? undefined,
  businessHours: input.businessHours ? { ...input.businessHours, closedDays: input.businessHours.closedDays ?? undefined } : undefined,
  answerWithin: input.answerWithin?.map((one) => ({ ...one, aroundTheClock: one.aroundTheClock ?? false })) ?? undefined,
  enginePrompt: input.enginePrompt == null ? input.enginePrompt : withoutNul(input.enginePrompt),
  // Null takes it away, nothing leaves it.
  adminChannel:
    input.adminChannel === undefined
      ? undefined
      : input.adminChannel === null
        ? null
        : parseSlackChannel(input.adminChannel, 'adminChannel'),
});

export const parseStartReplay = ({ model, last, engine, engineModel, prompt, mostUsd }: TriageReplayInput): StartReplay => ({
  model: model ?? 'NEW',
  last: last ?? 200,
  engine: engine ?? false,
  engineModel: engineModel ? withoutNul(engineModel).trim() : null,
  prompt: prompt == null ? null : withoutNul(prompt).trim(),
  mostUsd: mostUsd ?? null,
});

export const toTicketFilter = (filter: TicketFilterInput | null | undefined): TicketFilter => ({
  state: filter?.state ?? undefined,
  categoryId: filter?.categoryId ? withoutNul(filter.categoryId) : undefined,
  priority: filter?.priority ?? undefined,
  assignee: filter?.assignee ? withoutNul(filter.assignee) : undefined,
  search: filter?.search ? withoutNul(filter.search) : undefined,
  createdAfter: filter?.createdAfter ?? undefined,
  createdBefore: filter?.createdBefore ?? undefined,
});
