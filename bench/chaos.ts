import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { startOpenAi } from '#tests/support/openai.ts';
import { sampleLog } from '#tests/support/sample-log.ts';
import { type SlackStandIn, startSlack } from '#tests/support/slack.ts';
import { botScopes } from '#tests/support/tickets.ts';
import type { Benchmark } from './benchmark.ts';
import { startPart } from './chaos/parts.ts';
import { planStorm } from './chaos/plan.ts';
import { breakEngine, rage } from './chaos/storm.ts';
import { signUp } from './support/server.ts';

// Five workers killed and PostgreSQL crashed twice; what is lost then stays lost, however long one waits.
const STORM_MS = 60_000;
const PER_SECOND = 3;
const CHANNELS = 12;
const WORKERS = 2;
const PATIENCE_MS = 90_000;
// Three minutes in all, from the first request to the last part's stop; before that they take as long to start as the machine needs.
const LONGEST_MS = 160_000;
const SEED = 20_261_122;

/**
 * A bounded storm on one machine: API, bot, two workers, PostgreSQL, Slack and the engine as stand-ins. Summaries are asked for while workers
 * are killed, PostgreSQL crashes, and Slack and the engine answer 429, 500, nonsense, hang and cut. The same seed breaks the same things at the
 * same times. Counted are the requests Slack was told were taken: each must end in its answer, once.
 */
export const chaos: Benchmark = {
  name: 'chaos',
  about: `${STORM_MS / 1000} s of requests while parts are killed, then how long until every one of them is answered`,
  async run({ seed = SEED }) {
    await using stack = new AsyncDisposableStack();
    const home = await mkdtemp(join(tmpdir(), 'aiops-chaos-'));
    await chmod(home, 0o755);
    stack.defer(() => rm(home, { recursive: true, force: true }));
    const postgres = await startEmbeddedPostgres(home);
    stack.defer(() => postgres.stop());
    const slack = stack.use(await startSlack());
    const openai = stack.use(await startOpenAi());
    const env = {
      DATABASE_URL: postgres.url,
      DATA_DIR: home,
      PORT: '0',
      NODE_ENV: 'production',
      STOP_DELAY_SECONDS: '0',
      LOG_LEVEL: 'warn',
      JWT_SECRET: randomBytes(32).toString('hex'),
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      OPENAI_BASE_URL: openai.baseUrl,
      OPENAI_API_KEY: openai.apiKey,
      OPENAI_TIMEOUT_SECONDS: '4',
    };
    const api = await startPart(['api'], env, home);
    const setupToken = /\/setup#(\S+)/.exec(api.said)?.[1] ?? '';
    const token = await signUp({ url: api.url, setupToken }, { name: 'bot', kind: 'SERVICE', scopes: botScopes });
    const [bot, ...workers] = await Promise.all([
      startPart(['bot'], { ...env, API_URL: api.url, API_TOKEN: token }, home),
      ...Array.from({ length: WORKERS }, () => startPart(['worker'], env, home)),
    ]);
    const parts = [api, bot, ...workers];
    stack.defer(async () => void (await Promise.all(parts.map((part) => part.stop()))));

    const begun = performance.now();
    const over = new AbortController();
    const note = (what: string): void => void process.stderr.write(`  ${what}\n`);
    breakEngine(openai, seed, numberIn, over.signal);
    const raging = rage({ slack, databaseUrl: postgres.url, workers, note }, planStorm(seed, STORM_MS, WORKERS), over.signal);
    const { accepted, refused } = await sendRequests(slack, bot.url);
    over.abort();
    await raging;
    const calm = performance.now();
    const { answered, duplicates } = await waitForAnswers(slack, accepted, Math.min(calm + PATIENCE_MS, begun + LONGEST_MS));
    // On a slow machine three minutes may not be enough: what still stands in the queue is late, not lost.
    const waiting = answered === accepted.length ? 0 : await countWaiting(postgres.url);
    return {
      requests: accepted.length,
      refused,
      results: answered,
      waiting,
      lost: Math.max(0, accepted.length - answered - waiting),
      duplicate_posts: duplicates,
      longest_wait_s: await longestWait(postgres.url),
      recovery_s: round((performance.now() - calm) / 1000),
      // Parts that ended although nobody killed them.
      fallen: parts.reduce((sum, part) => sum + part.fell(), 0),
      seed,
    };
  },
};

/** `lines` is what its answer is known by: each request has a number of its own. */
type Accepted = { channel: string; lines: number };

const sendRequests = async (slack: SlackStandIn, url: string): Promise<{ accepted: Accepted[]; refused: number }> => {
  const channels = Array.from({ length: CHANNELS }, (_, index) => slack.createChannel({ name: `storm-${index}` }));
  const send = slack.sendTo(`${url}/slack/events`);
  const accepted: Accepted[] = [];
  let refused = 0;
  const begun = performance.now();
  const pending: Promise<void>[] = [];
  for (let number = 0; number < (STORM_MS / 1000) * PER_SECOND; number++) {
    await sleep(Math.max(0, begun + (number * 1000) / PER_SECOND - performance.now()));
    const channel = channels[number % CHANNELS] as string;
    const text = `${sampleLog({ quiet: 10 + number, failures: 5 })}${marker(number)}\n`;
    const asked = send.slash({ channel, text });
    pending.push(
      asked.then(
        // Anything else tells the person that nothing was kept.
        ({ status, body }) =>
          void (status === 200 && body.includes('Got it') ? accepted.push({ channel, lines: text.split('\n').length - 1 }) : refused++),
        () => void refused++,
      ),
    );
  }
  await Promise.all(pending);
  return { accepted, refused };
};

// A line no other log has, so that it goes along to the engine; not the worst of them, for the engine speaks of that.
const marker = (number: number): string => `2026-11-20T12:59:59.000Z WARN storm request storm-${number} of the seed ends here`;
const numberIn = (prompt: string): string => /storm-(\d+) of the seed/.exec(prompt)?.[1] ?? 'unknown';

/** Answers are counted where people see them: each request's own in its channel, and messages that carry the same delivery, or the same answer, twice. */
const waitForAnswers = async (
  slack: SlackStandIn,
  accepted: Accepted[],
  deadline: number,
): Promise<{ answered: number; duplicates: number }> => {
  for (;;) {
    const counted = count(slack, accepted);
    if (counted.answered === accepted.length || performance.now() > deadline) return counted;
    await sleep(250);
  }
};

const count = (slack: SlackStandIn, accepted: Accepted[]): { answered: number; duplicates: number } => {
  let answered = 0;
  let duplicates = 0;
  for (const [channel, asked] of Map.groupBy(accepted, (request) => request.channel)) {
    const messages = slack.messages(channel);
    const deliveries = messages.map(deliveryOf).filter((id) => id !== null);
    duplicates += deliveries.length - new Set(deliveries).size;
    const finished = messages.map(({ blocks }) => JSON.stringify(blocks ?? '')).filter(isFinished);
    for (const { lines } of asked) {
      const answers = finished.filter((blocks) => blocks.includes(`· ${lines} lines ·`)).length;
      if (answers > 0) answered++;
      // Under an id of its own, it would be one all the same.
      duplicates += Math.max(0, answers - 1);
    }
  }
  return { answered, duplicates };
};

// The second beat, or the digest with the sentence that the engine gave up.
const isFinished = (blocks: string): boolean => blocks.includes('Checkout could not') || blocks.includes('the engine gave up');

const deliveryOf = (message: Record<string, unknown>): string | null => {
  const payload = (message['metadata'] as { event_payload?: { delivery_id?: string } } | undefined)?.event_payload;
  return payload?.delivery_id ?? null;
};

/** Logs for which a job is still to come or under way. */
const countWaiting = async (databaseUrl: string): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(WAITING);
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
};

const WAITING = `select count(distinct log.id)::int as count from log left join delivery on delivery.subject_id = log.id
  join graphile_worker._private_jobs job on job.attempts < job.max_attempts
    and (strpos(job.payload::text, log.id) > 0 or strpos(job.payload::text, delivery.id) > 0)`;

/** From the request to the last edit of its answer, in seconds. */
const longestWait = async (databaseUrl: string): Promise<number> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ seconds: number | null }>(
      'select extract(epoch from max(delivery.updated_at - log.created_at))::float8 as seconds from delivery join log on log.id = delivery.subject_id',
    );
    return round(rows[0]?.seconds ?? 0);
  } finally {
    await client.end();
  }
};

const round = (seconds: number): number => Math.round(seconds * 10) / 10;
