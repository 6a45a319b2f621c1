import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Benchmark } from './benchmark.ts';
import { ask, type BenchServer, startBenchServer } from './support/server.ts';

const SUBSCRIPTIONS = 2_000;
const PER_CHANNEL = 10;
const SYSTEMS = 20;
const CHANGES_PER_SYSTEM = 12;
const AUDIENCES = ['engineers', 'customers', 'company'];
const WEEK_MS = 7 * 24 * 3_600_000;
const PATIENCE_MS = 30 * 60_000;

/**
 * Subscriptions that are all due in one minute, ten to a channel, each with a week of changes of one of twenty repositories. Slack's Web API is a
 * local server that answers at once and writes down what came when. Replies are counted apart from posts, but pace counts both.
 */
export const weekly: Benchmark = {
  name: 'weekly',
  about: `${SUBSCRIPTIONS} subscriptions due in the same minute, ${PER_CHANNEL} to a channel, to the last reply in the last thread`,
  async run({ limit = SUBSCRIPTIONS }) {
    const slack = await startSlackStub();
    const server = await startBenchServer({
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: 'bench-secret',
      SLACK_API_URL: slack.url,
    });
    try {
      await recordWeek(server);
      const client = new pg.Client({ connectionString: server.databaseUrl });
      await client.connect();
      const due = nextMinute(20_000);
      await subscribe(client, limit, due);
      process.stderr.write(`due at ${due.toISOString()}\n`);
      await untilPosted(client, limit, due);
      await client.end();
      return figures(slack.messages, limit, due);
    } finally {
      await server.stop();
      slack.close();
    }
  },
};

type Message = { at: number; channel: string; threadTs: string | null; deliveryId: string };

const figures = (messages: readonly Message[], limit: number, due: Date) => {
  const posts = messages.filter(({ threadTs }) => threadTs === null);
  const twice = messages.length - new Set(messages.map(({ deliveryId }) => deliveryId)).size;
  const times = messages.map(({ at }) => at);
  return {
    posted: posts.length,
    duplicates: twice + Math.max(0, posts.length - limit),
    early: times.filter((at) => at < due.getTime()).length,
    max_per_channel_second: mostInASecond(messages),
    seconds: Math.round((Math.max(...times) - due.getTime()) / 100) / 10,
    last_post_seconds: Math.round((Math.max(...posts.map(({ at }) => at)) - due.getTime()) / 100) / 10,
    replies: messages.length - posts.length,
    channels: new Set(messages.map(({ channel }) => channel)).size,
  };
};

/** Most messages of a channel within any 1,000 ms, wherever they begin. */
const mostInASecond = (messages: readonly Message[]): number => {
  let most = 0;
  for (const own of Map.groupBy(messages, ({ channel }) => channel).values()) {
    const times = own.map(({ at }) => at).sort((a, b) => a - b);
    for (let first = 0, last = 0; last < times.length; last++) {
      while ((times[last] as number) - (times[first] as number) >= 1_000) first++;
      most = Math.max(most, last - first + 1);
    }
  }
  return most;
};

const recordWeek = async (server: BenchServer): Promise<void> => {
  const input = { setupToken: server.setupToken, email: 'bench@example.com', name: 'Bench', password: 'correct horse battery' };
  const made = await ask<{ createFirstAdmin: { session: { accessToken: string } } }>(
    server.url,
    null,
    'mutation ($input: CreateFirstAdminInput!) { createFirstAdmin(input: $input) { session { accessToken } } }',
    { input },
  );
  for (let system = 0; system < SYSTEMS; system++) {
    const changes = Array.from({ length: CHANGES_PER_SYSTEM }, (_, number) => ({
      system: systemOf(system),
      kind: 'COMMIT',
      key: `${system}:${number}`,
      title: `${['feat', 'fix', 'feat', 'refactor'][number % 4]}: part ${number} of service ${system} ${VERBS[number % VERBS.length]} what people asked for`,
      refs: [`#${system * 100 + number}`],
      time: new Date(Date.now() - (number + 1) * 3_600_000).toISOString(),
    }));
    const { recordChanges } = await ask<{ recordChanges: { created: number } }>(
      server.url,
      made.createFirstAdmin.session.accessToken,
      'mutation ($input: RecordChangesInput!) { recordChanges(input: $input) { created } }',
      { input: { changes } },
    );
    if (recordChanges.created !== changes.length) throw new Error('The changes were not recorded.');
  }
};

const VERBS = ['shows', 'keeps', 'sorts', 'exports', 'finds'];
const systemOf = (number: number): string => `acme/service-${number % SYSTEMS}`;

/** At least so far ahead that everything is ready by then. */
const nextMinute = (ahead: number): Date => new Date(Math.ceil((Date.now() + ahead) / 60_000) * 60_000);

const subscribe = async (client: pg.Client, count: number, due: Date): Promise<void> => {
  const { rows } = await client.query<{ id: string }>("update workspace set slack_team_id = 'T0BENCH' returning id");
  const begin = new Date(due.getTime() - WEEK_MS);
  const [weekday, time] = [((due.getUTCDay() + 6) % 7) + 1, due.toISOString().slice(11, 16)];
  for (let number = 0; number < count; number++)
    await client.query(
      `insert into changelog_subscription (id, workspace_id, channel, owner, every, weekday, time, time_zone, systems, audience, empty_periods,
         draft_first, covered_until, planned_until, next_at, created_by, created_at)
       values ($1, $2, $3, 'U0BENCH', 'WEEKLY', $4, $5, 'UTC', $6, $7, 'POSTED', false, $8, $8, $9, 'bench', now())`,
      [
        `csb_${String(number).padStart(26, '0')}`,
        rows[0]?.id,
        `C0BENCH${Math.floor(number / PER_CHANNEL)}`,
        weekday,
        time,
        [systemOf(number)],
        AUDIENCES[number % AUDIENCES.length],
        begin,
        due,
      ],
    );
};

const untilPosted = async (client: pg.Client, count: number, due: Date): Promise<void> => {
  for (;;) {
    const { rows } = await client.query<{ posted: number; other: string | null }>(
      `select count(*) filter (where state = 'POSTED')::int as posted, string_agg(distinct state, ', ') as other from changelog_post`,
    );
    if (rows[0]?.posted === count) return;
    if (Date.now() > due.getTime() + PATIENCE_MS)
      throw new Error(`Only ${rows[0]?.posted} of ${count} were posted; there are ${rows[0]?.other}.`);
    await sleep(500);
  }
};

const startSlackStub = async (): Promise<{ url: string; messages: Message[]; close(): void }> => {
  const messages: Message[] = [];
  let ts = 1;
  const server = createServer(async (request, response) => {
    const at = Date.now();
    let body = '';
    for await (const piece of request) body += piece;
    const given = new URLSearchParams(body);
    const [channel, threadTs] = [given.get('channel') ?? '', given.get('thread_ts')];
    if (request.url?.endsWith('/chat.postMessage')) {
      const { event_payload: payload } = JSON.parse(given.get('metadata') ?? '{}') as { event_payload?: { delivery_id: string } };
      messages.push({ at, channel, threadTs, deliveryId: payload?.delivery_id ?? '' });
    }
    const message = threadTs ? { thread_ts: threadTs } : {};
    const known = { user_id: 'U0BOT', bot_id: 'B0BOT', team_id: 'T0BENCH' };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ ok: true, ts: `${1_700_000_000 + ts++}.000100`, channel, message, ...known }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/`, messages, close: () => server.close() };
};
