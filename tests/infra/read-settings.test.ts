import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Config, parseConfig, settings } from '#src/config.ts';
import { startRuntime } from '#src/runtime.ts';
import { type App, startApp } from '#tests/support/app.ts';
import { startCollector } from '#tests/support/collector.ts';
import { startOpenAi } from '#tests/support/openai.ts';
import { startS3 } from '#tests/support/s3.ts';
import { startSlack } from '#tests/support/slack.ts';
import { openAiSettings, slackSettings } from '#tests/support/slack-app.ts';
import { parts, readByPart } from './read-by-part.ts';

let everything: Record<string, string>;
let app: App;
const closing = new AsyncDisposableStack();
beforeAll(async () => {
  const [slack, openai, s3, collector] = await Promise.all([startSlack(), startOpenAi(), startS3(), startCollector()]);
  for (const each of [slack, openai, s3, collector]) closing.use(each);
  app = closing.use(await startApp({}, { wanted: ['api'] }));
  const dataDir = await mkdtemp(join(tmpdir(), 'aiops-read-'));
  closing.defer(() => rm(dataDir, { recursive: true, force: true }));
  everything = {
    ...slackSettings(slack),
    ...openAiSettings(openai),
    ...s3.settings,
    DATABASE_URL: app.database.url,
    JWT_SECRET: 's'.repeat(40),
    DATA_DIR: dataDir,
    PORT: '0',
    LOG_LEVEL: 'silent',
    API_URL: app.url,
    API_TOKEN: app.token,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint,
    ALERTS_TOKEN: 't'.repeat(20),
    ALERTS_CHANNEL: 'C0123456789',
  };
});
afterAll(() => closing.disposeAsync());

// Worked out from settings when these are read.
const from: Record<string, string> = {
  engine: 'ENGINE',
  graphiql: 'GRAPHIQL',
  introspection: 'INTROSPECTION',
  stopDelayMs: 'STOP_DELAY_SECONDS',
};
// What the image and the network decide.
const decided = ['NODE_ENV', 'HOST', 'PORT', 'DATA_DIR'];

test.each(parts)('%s is handed every setting it looks at when all there is is switched on', async (part) => {
  const read = new Set<string>();
  const config = new Proxy(parseConfig(everything, { roles: [part] }), {
    // Copied whole, nobody could tell what is looked at.
    ownKeys: () => {
      throw new Error('Name the settings that are used.');
    },
    get(target, name) {
      const setting = from[String(name)] ?? String(name);
      if (setting in settings) read.add(setting);
      return target[name as keyof Config];
    },
  });
  await using runtime = await startRuntime(config, [part]);
  expect(runtime.url).toContain('http');
  const { plain, secret } = (await readByPart())[part];
  expect(read.size).toBeGreaterThan(5);
  expect([...read].filter((name) => ![...plain, ...secret, ...decided].includes(name)).sort()).toEqual([]);
});
