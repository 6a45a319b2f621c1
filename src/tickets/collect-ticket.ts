import { z } from 'zod';
import { Delivery } from '#db/entities/delivery.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { AppError } from '#src/core/errors.ts';
import type { Chat, ChatPart, Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';

import { ensureSettings } from './settings.ts';
import { createTicketFailure } from './ticket-failure.ts';
import { peopleFirst, ticketJob } from './ticket-job.ts';
import { isOver } from './ticket-state.ts';
import { titleOf, UNTITLED } from './ticket-title.ts';

const MOST_CHARACTERS = 100_000;

/** Reads the message a ticket is made of, with everything said in its thread, and has it triaged. Runs again when more was said. */
export const createCollectTicket = (deps: { orm: Orm; chat: Chat; clock: Clock }) => {
  const giveUp = createTicketFailure(deps);
  return defineJob({
    name: 'collect-ticket',
    payload: z.object({ ticketId: z.string(), workspaceId: z.string() }),
    async giveUp(payload, failure) {
      // What was read before stays, whatever became of the message.
      const ticket = await forWorkspace(deps.orm, payload.workspaceId).findOne(Ticket, { id: payload.ticketId });
      if (ticket?.body === '' || ticket?.state === 'NEW') await giveUp(payload, failure);
    },
    async run({ ticketId, workspaceId }, { requestId, lane }) {
      const ticket = await forWorkspace(deps.orm, workspaceId).findOne(Ticket, { id: ticketId });
      if (!ticket?.origin || isOver(ticket.state)) return;
      const { parts, threadTs } = await deps.chat.fetch(ticket.origin);
      const body = await textOf(parts);
      if (body === '') throw new AppError('BAD_INPUT', 'There is no text there, so there is nothing to make a ticket of.');
      const first = ticket.body === '';
      const untitled = ticket.title === UNTITLED;
      await forWorkspace(deps.orm, workspaceId).transactional(async (db) => {
        if (threadTs) await answerInThread(db, ticket, threadTs);
        const changed = await db.nativeUpdate(
          Ticket,
          { id: ticketId, ...(first ? {} : { touched: false }) },
          { body, ...(untitled ? { title: titleOf(undefined, body) } : {}), updatedAt: deps.clock.now() },
        );
        // One that is still new (it came back after it was withdrawn) waits for a decision even if nothing more was said.
        if (changed === 0 || (body === ticket.body && ticket.state !== 'NEW')) return;
        const { delaySeconds } = await ensureSettings(db, workspaceId, deps.clock.now());
        await addJob(db, { ...ticketJob('triage-ticket', ticket, requestId, lane), runAt: peopleFirst(ticket, delaySeconds, deps.clock) });
      });
    },
  });
};

/** Slack may not have said in time that the message is a reply: it is answered in the thread it is in (law 9). */
const answerInThread = async (db: Db, { id, origin }: Ticket, threadTs: string): Promise<void> => {
  const delivery = await db.findOne(Delivery, { subjectId: id, messageTs: null });
  if (!delivery || !origin || !('ts' in origin)) return;
  const { channel, threadTs: meant } = delivery.replyTo;
  if (channel !== origin.channel || meant !== origin.ts) return;
  delivery.replyTo = { ...delivery.replyTo, threadTs };
  await db.flush();
};

// A thread is read like a log, each message with its time; of a ticket's words that is no part.
const STAMPS = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z /gm;

const textOf = async (parts: AsyncIterable<ChatPart>): Promise<string> => {
  let text = '';
  for await (const part of parts) {
    const decoder = new TextDecoder();
    for await (const bytes of part.bytes) if (text.length < MOST_CHARACTERS) text += decoder.decode(bytes, { stream: true });
    text += '\n';
  }
  return text.replace(STAMPS, '').replaceAll('\u0000', '').trim().slice(0, MOST_CHARACTERS);
};
