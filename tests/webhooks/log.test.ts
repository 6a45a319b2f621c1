import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { startApp, until } from '#tests/support/app.ts';
import { startProcess } from '#tests/support/start-process.ts';
import { startReceiver } from './receiver.ts';

test('neither secrets nor addresses nor signatures enter the log, whatever goes wrong; processes with the same JWT_SECRET share webhooks', async () => {
  const settings = { JWT_SECRET: 'j'.repeat(40), WEBHOOK_ALLOW_PRIVATE: 'on', NODE_ENV: 'test' };
  await using app = await startApp(settings, { wanted: ['api'] });
  const receiver = await startReceiver();
  const server = startProcess('src/main.ts', ['api', 'worker'], { ...settings, DATABASE_URL: app.database.url, LOG_LEVEL: 'debug' });
  try {
    const url = await server.url();
    const input = { name: 'Jira', url: `${receiver.url}/hook?key=in-the-address`, events: ['TICKET_CREATED'] };
    const { createWebhookOut } = await app.gql<{ createWebhookOut: { secret: string } }>(
      'mutation ($input: CreateWebhookOutInput!) { createWebhookOut(input: $input) { secret } }',
      { input },
    );
    const { createWebhookIn } = await app.gql<{ createWebhookIn: { secret: string; webhook: { path: string } } }>(
      'mutation { createWebhookIn(input: { name: "x", mapping: { title: "title", key: "id" } }) { secret webhook { path } } }',
    );
    const raw = JSON.stringify({ id: 1, title: 'words of a person' });
    const signature = `sha256=${createHmac('sha256', createWebhookIn.secret).update(raw).digest('hex')}`;
    const post = (sent: string) =>
      fetch(`${url}${createWebhookIn.webhook.path}?token=in-the-query`, {
        method: 'POST',
        body: raw,
        headers: { 'x-hub-signature-256': sent },
      });
    receiver.answer(500, 410);
    expect([(await post('sha256=wrong')).status, (await post(signature)).status]).toEqual([401, 202]);
    await until(
      () => server.err(),
      (log) => log.includes('job gave up'),
      'the end of the job',
    );
    const log = server.err();
    expect(log).toContain('send-webhook');
    const secrets = [createWebhookOut.secret, createWebhookIn.secret].map((secret) => secret.slice(6));
    const signatures = [signature, ...receiver.got.map(({ headers }) => String(headers['x-aiops-signature']))].map((one) => one.slice(7));
    for (const word of [...secrets, ...signatures, 'in-the-address', 'in-the-query', 'words of a person']) expect(log).not.toContain(word);
  } finally {
    server.interrupt();
    await server.ended;
    await receiver.close();
  }
});
