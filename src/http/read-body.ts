import type { IncomingMessage } from 'node:http';
import { AppError } from '#src/core/errors.ts';

const TIMEOUT_MS = 30_000;

/** The whole body of a message. Throws TOO_LARGE, and BAD_INPUT when it does not arrive in time or is cut off. */
export const readBody = async (request: IncomingMessage, maxBytes: number): Promise<Buffer> => {
  const tooLarge = (): AppError => new AppError('TOO_LARGE', `A message may have ${maxBytes} bytes. Nothing was kept.`);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const pieces: Buffer[] = [];
  let bytes = 0;
  let late = false;
  // The request stays open when we stop reading it: the sender is told why on the same connection.
  const reading = (async () => {
    for await (const piece of request.iterator({ destroyOnReturn: false })) {
      bytes += (piece as Buffer).length;
      if (late || bytes > maxBytes) return;
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
  if (bytes > maxBytes) throw tooLarge();
  return Buffer.concat(pieces);
};
