import { AppError } from '#src/core/errors.ts';
import type { ReceiveTicket } from '#src/webhooks/receive-ticket.ts';
import { answerJson } from './answer.ts';
import { readBody } from './read-body.ts';
import type { Route } from './server.ts';

const MAX_BYTES = 1024 * 1024;
const PATH = '/webhooks/tickets';

/** `POST /webhooks/tickets/whk_…`: a signed message of another system becomes a ticket. */
export const ticketsEndpoint = ({ receiveTicket }: { receiveTicket: ReceiveTicket }): Route => ({
  path: PATH,
  async handle(request, response, requestId) {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      throw new AppError('BAD_INPUT', 'Send tickets here with POST.');
    }
    const id = (request.url ?? '').split('?', 1)[0]?.slice(PATH.length + 1) ?? '';
    const received = await receiveTicket(id, {
      header: (name) => [request.headers[name]].flat()[0],
      readBody: () => readBody(request, MAX_BYTES),
      requestId,
    });
    if (!received) return answerJson(response, 200, { ignored: true, reason: 'The filter of this webhook leaves this message out.' });
    const { ticket, replayed, notes } = received;
    const told = { id: ticket.id, number: ticket.number, state: ticket.state, replayed };
    answerJson(response, 202, notes.length > 0 ? { ...told, notes } : told);
  },
});
