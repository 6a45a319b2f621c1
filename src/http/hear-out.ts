import type { IncomingMessage, ServerResponse } from 'node:http';

const LINGER_MS = 10_000;

/**
 * A sender who is told on the way why we stopped listening must be able to read it. Node closes a connection together with the last answer on it, and
 * a connection closed on somebody who still sends is reset, often before they looked (one upload in ten, of 30 MB by curl): here our half ends with the
 * answer, and theirs is heard out for a while.
 */
export const hearOut = (request: IncomingMessage, response: ServerResponse): void => {
  const { socket } = request;
  // Before Node's own listener, which asks for the end.
  response.prependOnceListener('finish', () => {
    if (request.complete) return;
    request.resume();
    socket.destroySoon = () => {
      socket.end();
      setTimeout(() => socket.destroy(), LINGER_MS).unref();
    };
  });
};
