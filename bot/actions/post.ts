import { z } from 'zod';
import { createTicket, reporterOf, ticketKey } from '#bot/create-ticket.ts';
import type { ActionClick, ActionHandler, Call, Told } from '#bot/handler.ts';
import { requireColleague } from '#bot/require-colleague.ts';
import { submitLog } from '#bot/submit-log.ts';
import { ticketOrigin } from '#bot/ticket-origin.ts';
import { AppError } from '#src/core/errors.ts';
import { chosenValue, tryJson } from './action-value.ts';

/** The message a question of ours was about; it is where the question stands. */
const asked = z.object({ ts: z.string().min(1), threadTs: z.string().min(1).optional() });

const onPost = (id: string, run: (post: Posted, call: Call) => Promise<string>): ActionHandler => ({
  id,
  async run(click, call): Promise<Told> {
    const { data } = asked.safeParse(tryJson(chosenValue(click)));
    if (!data)
      throw new AppError('BAD_INPUT', 'That button is from an older version of me and no longer works. Send me the message again.');
    // What was chosen stands where the question stood: nobody is asked twice.
    return { text: await run({ ...data, channel: channelOf(click) }, call), instead: true };
  },
});

type Posted = z.infer<typeof asked> & { channel: string };

const channelOf = ({ channel, user }: ActionClick): string => channel?.id ?? user.id;

const placeOf = ({ channel, ts, threadTs }: Posted, { acting }: Call) => ({
  teamId: acting.teamId,
  channel,
  user: acting.userId,
  threadTs: threadTs ?? ts,
});

/** What somebody was asked about what they sent us: a request, or a log after all. Under the keys of the ways in that need no question. */
export const postActions: ActionHandler[] = [
  onPost('post_ticket', async (post, call) => {
    await requireColleague(call);
    const { name, replayed } = await createTicket(call, {
      slack: ticketOrigin(post, { teamId: call.acting.teamId, user: call.acting.userId }),
      reporter: reporterOf(call.acting.teamId, call.acting.userId),
      replyTo: placeOf(post, call),
      idempotencyKey: ticketKey(post.channel, post.ts),
    });
    return replayed
      ? `That message is a ticket already: ${name}.`
      : `You chose a ticket: it is ${name}, and stands in the thread of your message.`;
  }),
  onPost('post_log', async (post, call) => {
    const replyTo = placeOf(post, call);
    const { teamId, channel, user } = replyTo;
    const slack = { kind: 'MESSAGE' as const, teamId, channel, user, ts: post.ts, threadTs: post.threadTs };
    await submitLog(call.api, { slack, replyTo, idempotencyKey: `slack:message:${channel}:${post.ts}` }, call.acting);
    return 'You chose a summary: it comes in the thread of your message.';
  }),
];
