import type { SlashCommand } from '@slack/bolt';
import { createTicket, reporterOf, ticketKey } from '#bot/create-ticket.ts';
import { MergeTicketDocument, TicketStandingDocument, type TicketState } from '#bot/generated/operations.ts';
import type { Call, CommandHandler } from '#bot/handler.ts';
import { prose } from '#bot/mrkdwn.ts';
import { requireColleague } from '#bot/require-colleague.ts';
import { toPlainText } from '#bot/slack-message.ts';
import { ticketOrigin } from '#bot/ticket-origin.ts';
import { throwUserError } from '#bot/user-errors.ts';
import { openTicketModal } from '#bot/views/ticket-modal.ts';
import type { MessageLink } from './parse-message-link.ts';
import { parseTriage, TRIAGE_USAGE, UNCLEAR } from './parse-triage.ts';

/** `/triage`: text, a link to a message, or nothing, which opens the window. */
export const triage: CommandHandler = {
  name: '/triage',
  async run(command, call) {
    const asked = parseTriage(command.text ?? '');
    if (asked.kind !== 'help' && asked.kind !== 'unclear') await requireColleague(call);
    switch (asked.kind) {
      case 'help':
        return TRIAGE_USAGE;
      case 'nothing':
        await openTicketModal(call, command.trigger_id, { channel: command.channel_id, responseUrl: command.response_url });
        return undefined;
      case 'ticket':
        return standing(asked.name, call);
      case 'same':
        return merge(asked, call);
      case 'unclear':
        return UNCLEAR;
      case 'text':
        return ofText(command, call, toPlainText(asked.text));
      case 'message':
        return ofMessage(command, call, asked);
    }
  },
};

const askedBy = (command: SlashCommand) => ({
  teamId: command.team_id,
  channel: command.channel_id,
  user: command.user_id,
  responseUrl: command.response_url,
});

const ofText = async (command: SlashCommand, call: Call, text: string): Promise<string> => {
  const { name } = await createTicket(call, {
    text,
    reporter: reporterOf(command.team_id, command.user_id),
    replyTo: askedBy(command),
    idempotencyKey: `slack:command:${command.trigger_id}`,
  });
  return `Got it: ${name}. What I make of it will appear in this channel.`;
};

// What it says may be for few: its number, and how it stands.
export const standing = async (name: string, { api, acting }: Call): Promise<string> => {
  const { ticket } = await api.request(TicketStandingDocument, { id: name }, acting);
  if (!ticket) return `There is no ${name} here.`;
  const { state, priority, category, prediction, mergedInto, assignee, dueAt, snoozedUntil } = ticket;
  const seems =
    state === 'SUGGESTED' && prediction?.category ? `looks like ${prediction.category.name}, nobody said so yet` : 'no category yet';
  const merged = mergedInto ? ` into T-${mergedInto.number}` : '';
  const until = state === 'SNOOZED' && snoozedUntil ? ` until ${timeOf(snoozedUntil)}` : '';
  const isOver = OVER.includes(state);
  return [
    name,
    `${state.toLowerCase().replaceAll('_', ' ')}${merged}${until}`,
    prose(category ? `${category.name} → ${category.team}` : seems),
    priority,
    ...(assignee && !isOver ? [`with ${personOf(assignee)}`] : []),
    ...(dueAt && !isOver ? [`answer by ${timeOf(dueAt)}`] : []),
  ]
    .filter(Boolean)
    .join(' · ');
};

const OVER: readonly TicketState[] = ['RESOLVED', 'MERGED', 'WITHDRAWN', 'NOT_A_TICKET'];

/** Seen by whoever asks only, so it calls nobody. */
const personOf = (person: string): string => {
  const [, , user] = /^slack:(\w+):(\w+)$/.exec(person) ?? [];
  return user ? `<@${user}>` : prose(person);
};

/** Slack shows it by the clock of whoever reads. */
const timeOf = (at: string): string =>
  `<!date^${Math.floor(Date.parse(at) / 1000)}^{date_short_pretty} {time}|${at.slice(0, 16).replace('T', ' ')} UTC>`;

/** By name, any ticket into any other. */
export const merge = async ({ name, into }: { name: string; into: string }, { api, acting }: Call): Promise<string> => {
  throwUserError((await api.request(MergeTicketDocument, { input: { id: name, intoId: into } }, acting)).mergeTicket.userErrors);
  return `${name} is the same as ${into} now; who reported it is told when that one is resolved.`;
};

// The answer goes where the question was asked; that is the message's own thread when it is in this very channel.
const ofMessage = async (command: SlashCommand, call: Call, message: MessageLink): Promise<string> => {
  const here = message.channel === command.channel_id;
  const { name, replayed, sameThread, state } = await createTicket(call, {
    slack: ticketOrigin(message, { teamId: command.team_id, user: command.user_id }),
    reporter: reporterOf(command.team_id, command.user_id),
    replyTo: { ...askedBy(command), ...(here ? { threadTs: message.threadTs ?? message.ts } : {}) },
    oncePerThread: true,
    idempotencyKey: ticketKey(message.channel, message.ts),
  });
  if (sameThread) return `The thread of that message is a ticket already, ${name}: all that is said in it counts.`;
  // One that could not be read then is new again.
  if (replayed && state !== 'NEW') return `That message is a ticket already: ${name}.`;
  return `Got it: ${name}. What I make of it will appear in ${here ? 'the thread of that message' : 'this channel'}.`;
};
