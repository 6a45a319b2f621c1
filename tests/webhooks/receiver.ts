import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type Got = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  raw: string;
  body: { id: string; event: string; at: string; ticket: Record<string, unknown> };
};

export type Receiver = {
  url: string;
  got: Got[];
  /** What it answers from now on, one after another; the last for ever. */
  answer(...statuses: (number | { status: number; headers: Record<string, string> })[]): void;
  close(): Promise<void>;
};

/** Somebody else's server: keeps what it is sent and answers as it is told. */
export const startReceiver = async (): Promise<Receiver> => {
  let answers: { status: number; headers?: Record<string, string> }[] = [{ status: 204 }];
  const got: Got[] = [];
  const server = createServer(async (request, response) => {
    const raw = await text(request);
    got.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, raw, body: JSON.parse(raw) });
    const { status, headers } = (answers.length > 1 ? answers.shift() : answers[0]) as (typeof answers)[number];
    response.writeHead(status, headers).end(`secrets of whoever answered: ${status}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    answer(...statuses) {
      answers = statuses.map((status) => (typeof status === 'number' ? { status } : status));
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
};
