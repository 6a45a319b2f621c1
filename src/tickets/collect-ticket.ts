import { z } from 'zod';
import { Ticket } from '#db/entities/ticket.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { AppError } from '#src/core/errors.ts';
import type { Chat, ChatPart, Clock } from '#src/core/ports.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { peopleFirst, ticketJob, titleOf, UNTITLED } from './service.ts';
import { ensureSettings } from './settings.ts';
import { createTicketFailure } from './ticket-failure.ts';
import { isOver } from './ticket-state.ts';

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
    async run({ ticketId, workspaceId }, { requestId }) {
      const ticket = await forWorkspace(deps.orm, workspaceId).findOne(Ticket, { id: ticketId });
      if (!ticket?.origin || isOver(ticket.state)) return;
      const { parts } = await deps.chat.fetch(ticket.origin);
      const body = await textOf(parts);
      if (body === '') throw new AppError('BAD_INPUT', 'There is no text there, so there is nothing to make a ticket of.');
      const first = ticket.body === '';
      const untitled = ticket.title === UNTITLED;
      await forWorkspace(deps.orm, workspaceId).transactional(async (db) => {
        const changed = await db.nativeUpdate(
          Ticket,
          { id: ticketId, ...(first ? {} : { touched: false }) },
          { body, ...(untitled ? { title: titleOf(undefined, body) } : {}), updatedAt: deps.clock.now() },
        );
        // One that is still new (it came back after it was withdrawn) waits for a decision even if nothing more was said.
        if (changed === 0 || (body === ticket.body && ticket.state !== 'NEW')) return;
        const { delaySeconds } = await ensureSettings(db, workspaceId, deps.clock.now());
        await addJob(db, { ...ticketJob('triage-ticket', ticket, requestId), runAt: peopleFirst(ticket, delaySeconds, deps.clock) });
      });
    },
  });
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
