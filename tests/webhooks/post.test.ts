import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPost, type PostDeps } from '#src/webhooks/post.ts';
import { isPrivateAddress } from '#src/webhooks/private-address.ts';
import { createSeal } from '#src/webhooks/sealed-secret.ts';
import { createWebhookService } from '#src/webhooks/service.ts';
import { type Receiver, startReceiver } from './receiver.ts';

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const message = { headers: {}, body: '{}', signal: new AbortController().signal };
const answering =
  (...addresses: LookupAddress[]): PostDeps['lookup'] =>
  (_hostname, _options, done) =>
    done(null, addresses);
const loopback = { address: '127.0.0.1', family: 4 };

test.each([
  [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ],
  [
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    'fc00::1',
    'fd12::1',
    'fe80::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001:db8::1',
    '2001::1',
  ],
])('%s and the like are private', (...addresses) => {
  expect(addresses.filter((address) => !isPrivateAddress(address))).toEqual([]);
});

test('what is on the public internet is not private', () => {
  expect(
    ['1.1.1.1', '172.15.0.1', '172.32.0.1', '192.167.1.1', '100.128.0.1', '2606:4700::1111', '2a00:1450:4001::1'].filter(isPrivateAddress),
  ).toEqual([]);
});

test('a name that stands for a private address is refused where it connects, also when only one of its addresses is private', async () => {
  const url = receiver.url.replace('127.0.0.1', 'hooks.example.com');
  for (const lookup of [
    answering(loopback),
    answering({ address: '1.1.1.1', family: 4 }, loopback),
    answering({ address: '::1', family: 6 }),
  ])
    await expect(createPost({ allowPrivate: false, lookup })(url, message)).rejects.toMatchObject({
      code: 'HOOK_REFUSED',
      message: expect.stringContaining('private address'),
    });
  expect(receiver.got).toEqual([]);
  await createPost({ allowPrivate: true, lookup: answering(loopback) })(url, message);
  expect(receiver.got).toHaveLength(1);
});

test('however a private address is written, it is refused', async () => {
  const post = createPost({ allowPrivate: false });
  const { port } = new URL(receiver.url);
  for (const host of ['127.0.0.1', '127.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', 'localhost', '169.254.169.254'])
    await expect(post(`http://${host}:${port}/`, message), host).rejects.toMatchObject({ code: 'HOOK_REFUSED' });
  expect(receiver.got).toEqual([]);
});

test('an admin who writes down a private address is told at once', async () => {
  const service = createWebhookService({
    orm: {} as never,
    clock: { now: () => new Date() },
    seal: createSeal('k'.repeat(32)),
    allow: { private: false, plainLoopback: false },
  });
  const admin = {
    workspaceId: 'ws_1',
    id: 'usr_1',
    role: 'ADMIN' as const,
    scopes: ['ADMIN' as const],
    actingFor: null,
    requestId: 'req_1',
  };
  for (const url of [
    'https://127.0.0.1/',
    'https://10.0.0.8/',
    'https://[::1]/',
    'https://localhost/',
    'https://2130706433/',
    'https://[fd00::1]/',
  ])
    await expect(
      service.createWebhookOut(admin, {
        name: 'x',
        url,
        events: ['TICKET_MOVED'],
        method: 'POST',
        oncePerTicket: false,
        headers: [],
        bodyTemplate: null,
      }),
      url,
    ).rejects.toMatchObject({
      code: 'BAD_INPUT',
      message: expect.stringContaining('WEBHOOK_ALLOW_PRIVATE'),
    });
});

test('a receiver that says nothing, or is not there, is worth another try; a wait it asks for is kept, up to a quarter of an hour', async () => {
  const held: Socket[] = [];
  const silent = createServer((socket) => held.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  await expect(createPost({ allowPrivate: true, timeoutMs: 50 })(url, message)).rejects.toMatchObject({
    code: 'HOOK_UNAVAILABLE',
    message: expect.stringContaining('no answer within 0.05 s'),
  });
  for (const socket of held) socket.destroy();
  silent.close();
  await once(silent, 'close');
  await expect(createPost({ allowPrivate: true })(url, message)).rejects.toMatchObject({
    code: 'HOOK_UNAVAILABLE',
    message: expect.stringContaining('ECONNREFUSED'),
  });
  receiver.answer({ status: 429, headers: { 'retry-after': '86400' } });
  await expect(createPost({ allowPrivate: true })(receiver.url, message)).rejects.toMatchObject({
    code: 'HOOK_UNAVAILABLE',
    retryAfterMs: 900_000,
  });
});

test('a secret opens with its own key and in its own row only, and not when a bit was changed', () => {
  const seal = createSeal('a'.repeat(32));
  const sealed = seal.close('whsec_1', 'who_1');
  expect(seal.open(sealed, 'who_1')).toBe('whsec_1');
  expect(seal.close('whsec_1', 'who_1')).not.toBe(sealed);
  const bent = `${sealed.slice(0, -1)}${sealed.endsWith('A') ? 'Q' : 'A'}`;
  for (const open of [
    () => seal.open(sealed, 'who_2'),
    () => createSeal('b'.repeat(32)).open(sealed, 'who_1'),
    () => seal.open(bent, 'who_1'),
    () => seal.open('', 'who_1'),
  ])
    expect(open).toThrow('can no longer be read');
});
