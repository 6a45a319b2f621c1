import { createHash, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SlackStandIn } from './slack.ts';

type Json = Record<string, unknown>;

export type SlackSocket = {
  /** Sends an envelope; resolves with what the bot acknowledged it with, or null when it did not within `waitMs`. */
  send(
    type: 'events_api' | 'slash_commands' | 'interactive',
    payload: Json,
    delivery?: { retryAttempt?: number; waitMs?: number },
  ): Promise<Json | null>;
  stop(): Promise<void>;
};

/** Slack's side of Socket Mode: hands out an address through apps.connections.open and speaks envelopes over a WebSocket. */
export const startSlackSocket = async (slack: SlackStandIn): Promise<SlackSocket> => {
  const waiting = new Map<string, (answer: Json) => void>();
  let connection: Duplex | undefined;
  const server = createServer();
  server.on('upgrade', (request, socket) => {
    connection = socket;
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    let pending = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      pending = Buffer.concat([pending, chunk]);
      for (let frame = readFrame(pending); frame; frame = readFrame(pending)) {
        pending = pending.subarray(frame.size);
        if (frame.opcode === TEXT) {
          const answer = JSON.parse(frame.payload.toString()) as Json;
          waiting.get(String(answer['envelope_id']))?.(answer);
        } else if (frame.opcode === PING) socket.write(toFrame(PONG, frame.payload));
        else if (frame.opcode === CLOSE) socket.end(toFrame(CLOSE, frame.payload));
      }
    });
    socket.write(toFrame(TEXT, Buffer.from(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0BOT' } }))));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const body = JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` });
  slack.fail('apps.connections.open', { kind: 'reply', headers: { 'content-type': 'application/json' }, body });

  return {
    send: (type, payload, { retryAttempt = 0, waitMs = 2_000 } = {}) =>
      new Promise((resolve) => {
        const envelope_id = randomUUID();
        const timer = setTimeout(() => resolve(null), waitMs);
        waiting.set(envelope_id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        const reason = retryAttempt > 0 ? 'timeout' : '';
        const envelope = {
          envelope_id,
          type,
          accepts_response_payload: type !== 'events_api',
          payload,
          retry_attempt: retryAttempt,
          retry_reason: reason,
        };
        connection?.write(toFrame(TEXT, Buffer.from(JSON.stringify(envelope))));
      }),
    stop: () =>
      new Promise<void>((resolve) => {
        connection?.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

const toFrame = (opcode: number, payload: Buffer): Buffer => {
  const length = payload.length < 126 ? Buffer.from([payload.length]) : Buffer.from([126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([Buffer.from([0x80 | opcode]), length, payload]);
};

/** One whole frame of a client (always masked), or null while it is still arriving. Up to 65,535 bytes. */
const readFrame = (bytes: Buffer): { opcode: number; payload: Buffer; size: number } | null => {
  if (bytes.length < 6) return null;
  const short = (bytes[1] ?? 0) & 127;
  const start = short === 126 ? 4 : 2;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  const size = start + 4 + length;
  if (bytes.length < size) return null;
  const mask = bytes.subarray(start, start + 4);
  const payload = Buffer.from(bytes.subarray(start + 4, size)).map((byte, index) => byte ^ (mask[index % 4] ?? 0));
  return { opcode: (bytes[0] ?? 0) & 15, payload: Buffer.from(payload), size };
};
