import type { IncomingMessage } from 'node:http';
import { AppError } from '#src/core/errors.ts';
import type { ReceiveTicket } from '#src/webhooks/receive-ticket.ts';
import { answerJson } from './answer.ts';
import type { Route } from './server.ts';

const MAX_BYTES = 1024 * 1024;
const TIMEOUT_MS = 30_000;
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
      readBody: () => readBody(request),
      requestId,
    });
    if (!received) return answerJson(response, 200, { ignored: true, reason: 'The filter of this webhook leaves this message out.' });
    const { ticket, replayed } = received;
    answerJson(response, 202, { id: ticket.id, number: ticket.number, state: ticket.state, replayed });
  },
});

const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const tooLarge = (): AppError => new AppError('TOO_LARGE', `A message may have ${MAX_BYTES} bytes. Nothing was kept.`);
  if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES) throw tooLarge();
  const pieces: Buffer[] = [];
  let bytes = 0;
  let late = false;
  // The request stays open when we stop reading it: the sender is told why on the same connection.
  const reading = (async () => {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      bytes += (piece as Buffer).length;
      if (late || bytes > MAX_BYTES) return;
      pieces.push(piece as Buffer);
    }
  })();
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    late = true;
    reject(new AppError('BAD_INPUT', `The message did not arrive within ${TIMEOUT_MS / 1000} s. Nothing was kept; send it again.`));
  }, TIMEOUT_MS);
  try {
    await Promise.race([reading, tooLate]);
  } catch (error) {
    reading.catch(() => {});
    throw error instanceof AppError
      ? error
      : new AppError('BAD_INPUT', 'The message was cut off. Nothing was kept; send it again.', { cause: error });
  } finally {
    clearTimeout(timer);
  }
  if (bytes > MAX_BYTES) throw tooLarge();
  return Buffer.concat(pieces);
};
