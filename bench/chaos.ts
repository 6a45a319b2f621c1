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
import type { Benchmark } from './benchmark.ts';
import { type Part, startPart } from './chaos/parts.ts';
import { createRandom } from './chaos/random.ts';
import { rage } from './chaos/storm.ts';

const STORM_MS = 75_000;
const PER_SECOND = 3;
const CHANNELS = 12;
const PATIENCE_MS = 90_000;
const SEED = 20_261_122;

/**
 * A bounded storm on one machine: API and bot, two workers, PostgreSQL, Slack and the engine as stand-ins. Summaries are asked for while workers
 * are killed, PostgreSQL crashes, and Slack and the engine answer 429, 500, nonsense, hang and cut. The same seed breaks the same things in the
 * same order. Counted are the requests Slack was told were taken: each must end in one answer in its thread.
 */
export const chaos: Benchmark = {
  name: 'chaos',
  about: `${STORM_MS / 1000} s of requests while parts are killed, then how long until every one of them is answered`,
  async run() {
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
      LOG_LEVEL: 'silent',
      JWT_SECRET: randomBytes(32).toString('hex'),
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_SIGNING_SECRET: slack.signingSecret,
      OPENAI_BASE_URL: openai.baseUrl,
      OPENAI_API_KEY: openai.apiKey,
      OPENAI_TIMEOUT_SECONDS: '4',
    };
    const api = await startPart(['api', 'bot'], env, home);
    const startWorker = (): Promise<Part> => startPart(['worker'], env, home);
    const workers = [await startWorker(), await startWorker()];
    stack.defer(async () => void (await Promise.all([api, ...workers].map((part) => part.stop()))));

    const over = new AbortController();
    const note = (what: string): void => void process.stderr.write(`  ${what}\n`);
    const raging = rage({ slack, openai, databaseUrl: postgres.url, workers, startWorker, random: createRandom(SEED), note }, over.signal);
    const { accepted, refused } = await sendRequests(slack, api.url);
    over.abort();
    await raging;
    const calm = performance.now();
    const answers = await waitForAnswers(slack, accepted, postgres.url);
    return {
      requests: accepted.length,
      refused,
      results: answers.answered,
      lost: accepted.length - answers.answered,
      duplicate_posts: answers.duplicates,
      longest_wait_s: await longestWait(postgres.url),
      recovery_s: round((performance.now() - calm) / 1000),
      seed: SEED,
    };
  },
};

type Accepted = { channel: string };

const sendRequests = async (slack: SlackStandIn, url: string): Promise<{ accepted: Accepted[]; refused: number }> => {
  const channels = Array.from({ length: CHANNELS }, (_, index) => slack.createChannel({ name: `storm-${index}` }));
  const send = slack.sendTo(`${url}/slack/events`);
  const accepted: Accepted[] = [];
  let refused = 0;
  const begun = performance.now();
  const pending: Promise<void>[] = [];
  for (let number = 0; performance.now() - begun < STORM_MS; number++) {
    await sleep(Math.max(0, begun + (number * 1000) / PER_SECOND - performance.now()));
    const channel = channels[number % CHANNELS] as string;
    const asked = send.slash({ channel, text: sampleLog({ quiet: 10, failures: 5 + (number % 7) }) });
    pending.push(
      asked.then(
        // Anything else tells the person that nothing was kept.
        ({ status, body }) => void (status === 200 && body.includes('Got it') ? accepted.push({ channel }) : refused++),
        () => void refused++,
      ),
    );
  }
  await Promise.all(pending);
  return { accepted, refused };
};

/** Answers are counted where people see them: finished replies in each channel, and messages that carry the same delivery twice. */
const waitForAnswers = async (
  slack: SlackStandIn,
  accepted: Accepted[],
  databaseUrl: string,
): Promise<{ answered: number; duplicates: number }> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const open = await countOpen(databaseUrl);
    if (open === 0 || performance.now() > deadline) break;
    await sleep(250);
  }
  const perChannel = Map.groupBy(accepted, ({ channel }) => channel);
  let answered = 0;
  let duplicates = 0;
  for (const [channel, asked] of perChannel) {
    const messages = slack.messages(channel);
    const finished = messages.filter(({ blocks }) => isFinished(JSON.stringify(blocks ?? '')));
    const deliveries = finished.map(deliveryOf);
    const all = messages.map(deliveryOf).filter((id) => id !== null);
    duplicates += all.length - new Set(all).size;
    answered += Math.min(asked.length, new Set(deliveries).size);
  }
  return { answered, duplicates };
};

// The second beat, or the digest with the sentence that the engine gave up.
const isFinished = (blocks: string): boolean => blocks.includes('Checkout could not') || blocks.includes('the engine gave up');

const deliveryOf = (message: Record<string, unknown>): string | null => {
  const payload = (message['metadata'] as { event_payload?: { delivery_id?: string } } | undefined)?.event_payload;
  return payload?.delivery_id ?? null;
};

const countOpen = async (databaseUrl: string): Promise<number> =>
  (
    await query<{ open: number }>(
      databaseUrl,
      `select count(*)::int as open from delivery join log on log.id = delivery.subject_id
       where delivery.state = 'WAITING' or log.status not in ('SUCCEEDED', 'FAILED', 'CANCELLED')`,
    )
  )[0]?.open ?? 0;

/** From the request to the last edit of its answer, in seconds. */
const longestWait = async (databaseUrl: string): Promise<number> =>
  round(
    (
      await query<{ seconds: number | null }>(
        databaseUrl,
        'select extract(epoch from max(delivery.updated_at - log.created_at))::float8 as seconds from delivery join log on log.id = delivery.subject_id',
      )
    )[0]?.seconds ?? 0,
  );

const query = async <Row extends pg.QueryResultRow>(databaseUrl: string, text: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
};

const round = (seconds: number): number => Math.round(seconds * 10) / 10;
