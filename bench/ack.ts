import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Benchmark } from './benchmark.ts';
import { startBenchServer } from './support/server.ts';

const PER_SECOND = 50;
const SECONDS = 20;
const WARM_UP = 50;
// Slack takes a message a second in a channel; more than that in one of them is told to wait.
const CHANNELS = 100;

/**
 * Time from a signed slash command to Bolt's 200, which is given after the mutation committed; open loop at 50 a second, while the
 * workers summarise and deliver what came in. Slack's Web API is a local server that answers at once.
 */
export const ack: Benchmark = {
  name: 'ack',
  about: `signed slash commands at ${PER_SECOND} a second for ${SECONDS} s, to the acknowledgement with the mutation committed`,
  async run({ limit = PER_SECOND * SECONDS }) {
    const slack = await startSlackStub();
    const signingSecret = randomBytes(16).toString('hex');
    const server = await startBenchServer({ SLACK_BOT_TOKEN: 'xoxb-bench', SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: slack.url });
    try {
      const send = (number: number) => sendCommand(server.url, signingSecret, number);
      for (let number = 0; number < WARM_UP; number++) await send(-1 - number);
      const times: number[] = [];
      let errors = 0;
      const begun = performance.now();
      const pending: Promise<void>[] = [];
      for (let number = 0; number < limit; number++) {
        await sleep(Math.max(0, begun + (number * 1000) / PER_SECOND - performance.now()));
        pending.push(
          send(number).then(
            ({ ms, acknowledged }) => void (acknowledged ? times.push(ms) : errors++),
            () => void errors++,
          ),
        );
      }
      await Promise.all(pending);
      // Acknowledged but not stored would be the worst error of all.
      const missing = Math.max(0, times.length + WARM_UP - (await countLogs(server.databaseUrl)));
      times.sort((a, b) => a - b);
      return {
        n: times.length,
        errors: errors + missing,
        p50_ms: percentile(times, 0.5),
        p99_ms: percentile(times, 0.99),
        max_ms: percentile(times, 1),
        per_second: PER_SECOND,
      };
    } finally {
      await server.stop();
      slack.close();
    }
  },
};

const sendCommand = async (url: string, signingSecret: string, number: number): Promise<{ ms: number; acknowledged: boolean }> => {
  const body = new URLSearchParams({
    command: '/summarize',
    text: `2026-11-20T12:00:00Z ERROR upload ${number} failed: connection reset by peer`,
    team_id: 'T0BENCH',
    team_domain: 'bench',
    channel_id: `C0BENCH${Math.abs(number) % CHANNELS}`,
    channel_name: 'bench',
    user_id: 'U0BENCH',
    user_name: 'bench',
    api_app_id: 'A0BENCH',
    trigger_id: `trigger.${number}`,
    response_url: 'http://127.0.0.1:9/never-used',
  }).toString();
  const ts = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${ts}:${body}`).digest('hex')}`;
  const begun = performance.now();
  const response = await fetch(`${url}/slack/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-slack-request-timestamp': ts, 'x-slack-signature': signature },
    body,
  });
  await response.text();
  return { ms: performance.now() - begun, acknowledged: response.status === 200 };
};

const countLogs = async (databaseUrl: string): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ count: number }>("select count(*)::int as count from log where entry = 'SLACK'");
  await client.end();
  return rows[0]?.count ?? 0;
};

const startSlackStub = async (): Promise<{ url: string; close(): void }> => {
  let ts = 1;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    const thread = new URLSearchParams(body).get('thread_ts') ?? undefined;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        ok: true,
        ts: `${1_700_000_000 + ts++}.000100`,
        channel: 'C0BENCH',
        user_id: 'U0BOT',
        bot_id: 'B0BOT',
        team_id: 'T0BENCH',
        message: { thread_ts: thread },
      }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, close: () => server.close() };
};

const percentile = (sorted: number[], share: number): number =>
  Math.round((sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN) * 10) / 10;
