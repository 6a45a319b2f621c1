import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#tests/support/free-port.ts';
import { startOpenAi } from '#tests/support/openai.ts';
import { startOwnPostgres } from '#tests/support/own-postgres.ts';
import { startSlack } from '#tests/support/slack.ts';
import { botScopes } from '#tests/support/tickets.ts';
import type { Benchmark } from './benchmark.ts';
import { countWaiting, longestWait, waitForAnswers } from './chaos/answers.ts';
import { askOn, numberIn, type Wish } from './chaos/askers.ts';
import { startPart } from './chaos/parts.ts';
import { type Blow, describe, planStorm } from './chaos/plan.ts';
import { breakEngine, rage } from './chaos/storm.ts';
import { signUp } from './support/server.ts';
import { whenStopped } from './support/when-stopped.ts';

// Four workers killed and PostgreSQL taken down twice, once of each kind; what is lost then stays lost, however long one waits.
const STORM_MS = 50_000;
const PER_SECOND = 1.5;
const WORKERS = 2;
// Nobody asks again later than that, from the first request.
const ASKING_MS = 80_000;
// Three minutes in all, from the first part's start to the last one's stop.
const LONGEST_MS = 170_000;
const SEED = 20_261_122;

/**
 * A bounded storm on one machine: API, bot, two workers, PostgreSQL, Slack and the engine as stand-ins. Summaries are asked for by command, by post
 * and by curl while workers are killed, PostgreSQL is stopped or crashes and starts again, and Slack and the engine answer 429, 500, nonsense, hang
 * and cut. The same seed breaks the same things at the same times. Whoever is told no asks again. Counted is what was let in: each must end in its
 * answer, once; what still waits at the end is lost.
 */
export const chaos: Benchmark = {
  name: 'chaos',
  about: `${STORM_MS / 1000} s of requests while parts are killed and PostgreSQL is restarted, then how long until every one of them is answered`,
  async run({ seed = SEED, verbose = false }) {
    await using stack = new AsyncDisposableStack();
    whenStopped(() => stack.disposeAsync());
    const deadline = performance.now() + LONGEST_MS;
    const home = await mkdtemp(join(tmpdir(), 'aiops-chaos-'));
    stack.defer(() => rm(home, { recursive: true, force: true }));
    const postgres = stack.use(await startOwnPostgres());
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
    const start = (role: string, more: Record<string, string> = {}) => startPart([role], { env: { ...env, ...more }, cwd: home, verbose });
    // Should they fall, they come back where they were.
    const api = await start('api', { PORT: String(await freePort()) });
    const setupToken = /\/setup#(\S+)/.exec(api.said)?.[1] ?? '';
    const account = { url: api.url, setupToken };
    const token = await signUp(account, { name: 'bot', kind: 'SERVICE', scopes: botScopes });
    const [bot, ...workers] = await Promise.all([
      start('bot', { API_URL: api.url, API_TOKEN: token, PORT: String(await freePort()) }),
      ...Array.from({ length: WORKERS }, () => start('worker')),
    ]);
    const parts = [api, bot, ...workers];
    stack.defer(async () => void (await Promise.all(parts.map((part) => part.stop()))));

    const begun = performance.now();
    const over = new AbortController();
    const tell = (what: string): void => void process.stderr.write(`  ${what}\n`);
    const note = (blow: Blow): void => {
      if (verbose || blow.kind !== 'break Slack') tell(describe(blow));
    };
    tell(`  0.0 s  Slack fails every 2.5 s in one way or another, the engine one call in three, for ${STORM_MS / 1000} s`);
    breakEngine(openai, seed, numberIn, over.signal);
    const raging = rage({ slack, postgres, workers, note }, planStorm(seed, STORM_MS, WORKERS), over.signal);
    setTimeout(() => over.abort(), STORM_MS);
    const wishes = await askOn({
      slack,
      botUrl: bot.url,
      apiUrl: api.url,
      token,
      perSecond: PER_SECOND,
      lastMs: STORM_MS,
      patienceMs: ASKING_MS,
    });
    await raging;
    tell(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s  all is well again, and nobody asks any more`);
    const watched = { slack, databaseUrl: postgres.url };
    const { answered, duplicates, despiteNo } = await waitForAnswers(watched, wishes, {
      deadline,
      tell: (count) => verbose && tell(`${((performance.now() - begun) / 1000).toFixed(1).padStart(5)} s  ${count} are answered`),
    });
    const recovered = performance.now() - begun - STORM_MS;
    const requests = wishes.filter(({ letIn }) => letIn).length;
    return {
      requests,
      results: answered,
      lost: requests - answered,
      duplicate_posts: duplicates,
      longest_wait_s: round(await longestWait(postgres.url)),
      recovery_s: round(recovered / 1000),
      // Of the lost, those that might still have come.
      waiting: answered === requests ? 0 : await countWaiting(postgres.url),
      // Who was never let in, however often they asked.
      gave_up: wishes.length - requests,
      refused: refusals(wishes).length,
      refused_but_answered: despiteNo,
      told: countEach(refusals(wishes)),
      // Parts that ended although nobody killed them.
      fallen: parts.reduce((sum, part) => sum + part.fell(), 0),
      alarms: countEach(parts.flatMap((part) => part.alarms())),
      seed,
    };
  },
};

const refusals = (wishes: readonly Wish[]): string[] => wishes.flatMap(({ refused }) => refused.map(({ told }) => told));

const countEach = (texts: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(texts, (text) => text)].map(([text, all]) => [text, all.length]));

const round = (seconds: number): number => Math.round(seconds * 10) / 10;
