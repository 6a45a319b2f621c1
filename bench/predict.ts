import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { createOrm, type Orm } from '#db/orm.ts';
import { toBytes, trainModel } from '#src/tickets/classify/index.ts';
import { createModels } from '#src/tickets/prediction/models.ts';
import { predictTicket } from '#src/tickets/prediction/predict.ts';
import type { Benchmark } from './benchmark.ts';
import { generateTickets } from './generate-tickets.ts';
import { rounded } from './support/measures.ts';
import { mixTexts, readTexts, type Stored, storeTickets } from './support/stored-tickets.ts';
import { whenStopped } from './support/when-stopped.ts';

const STORED = 100_000;
const LEARNED_FROM = 2000;
const TRAINED_ON = 10_000;
const WARM_UP = 50;
const ASKED = 500;

/** How long one prediction takes beside many stored tickets (look-alikes from PostgreSQL, the classifier, the reason), and training. No remote engine. */
export const predict: Benchmark = {
  name: 'predict',
  about: `milliseconds of ${ASKED} predictions, one after the other, among 100,000 stored tickets (or --limit) made of those in --data; cpu: of this process alone; and of training on ${TRAINED_ON}`,
  async run({ data, limit = STORED }) {
    const texts = data === undefined ? generated() : await readTexts(data);
    if (texts.length === 0) throw new TypeError(`There are no tickets in '${data}'.`);
    await using opening = new AsyncDisposableStack();
    whenStopped(() => opening.disposeAsync());
    const orm = await openDatabase(opening);
    const mixed = mixTexts(texts, limit + ASKED + WARM_UP);
    process.stderr.write(`  storing ${limit} tickets ...\n`);
    const { workspaceId, categories } = await storeTickets(orm, mixed.slice(0, limit), learn);
    const deps = { orm, models: createModels({ orm }), engine: null, log: silent };
    const ask = ({ title, body }: Stored) =>
      predictTicket(deps, categories, { workspaceId, ticketId: null, title, body, threshold: 0.5, restrictedChannels: [] });
    for (const text of mixed.slice(-WARM_UP)) await ask(text);
    const asked = await measure(mixed.slice(limit, limit + ASKED), ask);
    return { tickets: limit, asked: ASKED, ...asked, trained_on: Math.min(TRAINED_ON, mixed.length), ...measureTraining(mixed) };
  },
};

const openDatabase = async (opening: AsyncDisposableStack): Promise<Orm> => {
  const home = await mkdtemp(join(tmpdir(), 'aiops-bench-'));
  opening.defer(() => rm(home, { recursive: true, force: true }));
  // PostgreSQL may run as a user of its own.
  await chmod(home, 0o755);
  const postgres = await startEmbeddedPostgres(home);
  opening.defer(() => postgres.stop());
  const orm = await createOrm(postgres.url, { pool: 4 });
  opening.defer(() => orm.close());
  await migrate(orm, postgres.url);
  return orm;
};

const learn = (tickets: readonly Stored[]): Uint8Array => {
  const every = Math.max(1, Math.floor(tickets.length / LEARNED_FROM));
  return toBytes(train(tickets.filter((_, i) => i % every === 0)));
};

const train = (tickets: readonly Stored[]) => trainModel(tickets.map(({ title, body, category }) => ({ text: { title, body }, category })));

const measureTraining = (tickets: readonly Stored[]): { train_seconds: number } => {
  const before = process.cpuUsage();
  train(tickets.slice(0, TRAINED_ON));
  const { user, system } = process.cpuUsage(before);
  return { train_seconds: rounded((user + system) / 1e6) };
};

const measure = async (texts: readonly Stored[], ask: (text: Stored) => Promise<unknown>): Promise<Record<string, number>> => {
  const took: number[] = [];
  const before = process.cpuUsage();
  for (const text of texts) {
    const start = performance.now();
    await ask(text);
    took.push(performance.now() - start);
  }
  const { user, system } = process.cpuUsage(before);
  took.sort((a, b) => a - b);
  const at = (share: number): number => rounded(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0);
  return { p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99), cpu_ms: rounded((user + system) / 1000 / took.length) };
};

const generated = (): Stored[] =>
  generateTickets(400).train.map(({ text, category }) => ({ title: text.body.slice(0, 80), body: text.body, category }));

const silent = { info() {}, warn() {}, error() {}, child: () => silent };
