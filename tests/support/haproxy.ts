import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '#tests/house/source-files.ts';
import { freePort } from './free-port.ts';
import { runProgram } from './prometheus.ts';

export type Haproxy = {
  /** Where it listens for the API. */
  url: string;
  /** The addresses the name `api` has from now on. */
  setAddresses(addresses: readonly string[]): void;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A real HAProxy with the compose file's configuration, on free ports; the parts listen at `port`, and their names are ours to give. */
export const startHaproxy = async (program: string, port: number): Promise<Haproxy> => {
  await using opening = new AsyncDisposableStack();
  const names = new Map<string, readonly string[]>();
  const nameServer = await startNameServer(names);
  opening.defer(() => void nameServer.close());
  const folder = await mkdtemp(join(tmpdir(), 'aiops-haproxy-'));
  opening.defer(() => rm(folder, { recursive: true, force: true }));
  const [api, bot, health] = [await freePort(), await freePort(), await freePort()];
  const config = (await readFile(join(root, 'infra/compose/proxy/haproxy.cfg'), 'utf8'))
    .replace('127.0.0.11:53', `127.0.0.1:${(nameServer.address() as AddressInfo).port}`)
    .replace('bind :3000', `bind 127.0.0.1:${api}`)
    .replace('bind :3001', `bind 127.0.0.1:${bot}`)
    .replace('127.0.0.1:8404', `127.0.0.1:${health}`)
    .replaceAll(':3000', `:${port}`);
  const file = join(folder, 'haproxy.cfg');
  await writeFile(file, config);
  await runProgram(program, ['-c', '-f', file]);
  const child: ChildProcess = spawn(program, ['-f', file], { stdio: 'ignore' });
  opening.defer(async () => {
    if (child.exitCode === null && child.kill('SIGKILL')) await once(child, 'close');
  });
  const closing = opening.move();
  return {
    url: `http://127.0.0.1:${api}`,
    setAddresses: (addresses) => void names.set('api', addresses),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
};

const [HEADER, A] = [12, 1];

/** As much of RFC 1035 as it takes to tell the addresses of a name, as Docker's does: all of them, for a second. */
const startNameServer = async (names: ReadonlyMap<string, readonly string[]>): Promise<Socket> => {
  const socket = createSocket('udp4', (query, { port, address }) => {
    const labels: string[] = [];
    let at = HEADER;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const question = query.subarray(HEADER, at + 5);
    const addresses = query.readUInt16BE(at + 1) === A ? (names.get(labels.join('.')) ?? []) : [];
    const header = Buffer.alloc(HEADER);
    query.copy(header, 0, 0, 2);
    header.writeUInt16BE(0x8180, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(addresses.length, 6);
    const answers = addresses.map((each) => Buffer.from([0xc0, HEADER, 0, A, 0, 1, 0, 0, 0, 1, 0, 4, ...each.split('.').map(Number)]));
    socket.send(Buffer.concat([header, question, ...answers]), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
};
