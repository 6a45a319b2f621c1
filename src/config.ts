import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from './core/errors.ts';
import { readSettingFiles } from './setting-files.ts';
import { strangeSettings } from './strange-settings.ts';

const flag = z.enum(['true', 'false', '1', '0', 'on', 'off']).transform((word) => ['true', '1', 'on'].includes(word));
const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);
const secret = (min: number) => z.string().min(min);

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/**
 * Every setting, its default and its one-line meaning: `.env.example` and the README's table are checked against this schema.
 * A setting without a default is optional: what it switches on is off without it.
 */
export const settings = {
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be postgres://USER:PASSWORD@HOST:PORT/DATABASE, with special characters as %XX' })
    .optional()
    .describe('PostgreSQL 14 or newer. Without it, an embedded PostgreSQL in DATA_DIR.'),
  DATA_DIR: z.string().min(1).default('.data').describe('Where the embedded PostgreSQL and generated secrets live.'),
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on; 0.0.0.0 for all.'),
  PORT: whole(0, 65535).default(3000).describe('Port of the API, probes and metrics; 0 picks a free one.'),
  PUBLIC_URL: z.url().optional().describe('Address people reach the API at, when it is not http://HOST:PORT.'),
  STOP_DELAY_SECONDS: whole(0, 300)
    .optional()
    .describe(
      'How long, asked to stop by SIGTERM, /readyz says no before anything closes, so that balancers hear of it; 5 in production, 0 otherwise.',
    ),
  STOP_GRACE_SECONDS: whole(0, 3600).default(45).describe('How long requests under way (uploads, too) may take after that.'),
  NODE_ENV: z
    .enum(['development', 'production', 'test'])
    .default('development')
    .describe('production switches GraphiQL and introspection off.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('warn')
    .describe('How much is logged (JSON lines on standard error): debug, info, warn, error or silent.'),
  GRAPHIQL: flag.optional().describe('GraphiQL in the browser, true or false; true in development.'),
  INTROSPECTION: flag.optional().describe('GraphQL introspection, true or false; true in development.'),
  JWT_SECRET: secret(32)
    .optional()
    .describe('Signs access tokens; without it one is made and kept in DATA_DIR. All processes need the same.'),
  ACCESS_TOKEN_MINUTES: whole(1, 24 * 60)
    .default(15)
    .describe('Life of an access token.'),
  REFRESH_TOKEN_DAYS: whole(1, 365).default(30).describe('Life of a refresh token.'),
  BCRYPT_COST: whole(4, 16).default(12).describe('Work factor of password hashes.'),
  ENGINE: z.enum(['builtin', 'openai']).optional().describe('Who writes summaries, builtin or openai; openai when OPENAI_API_KEY is set.'),
  OPENAI_API_KEY: secret(1).optional().describe('Switches the OpenAI engine on.'),
  OPENAI_BASE_URL: z.url().optional().describe('Any OpenAI-compatible server (vLLM, Ollama, Azure).'),
  OPENAI_MODEL: z.string().min(1).default('gpt-5-mini').describe('Model that writes summaries.'),
  EMBEDDING_MODEL: z
    .string()
    .min(1)
    .optional()
    .describe('Model that finds tickets alike in meaning, e.g. text-embedding-3-small; off without it.'),
  OPENAI_API: z.enum(['responses', 'chat']).default('responses').describe('chat for servers without the Responses API.'),
  OPENAI_TIMEOUT_SECONDS: whole(1, 600).default(60).describe('How long one engine call may take.'),
  OPENAI_PRICES: z
    .string()
    .transform((text, context) => parseJson(text, context))
    .pipe(z.record(z.string(), z.object({ inputPerMillion: z.number().min(0), outputPerMillion: z.number().min(0) })))
    .optional()
    .describe(
      'Prices in USD per million tokens, as JSON: {"my-model":{"inputPerMillion":1,"outputPerMillion":4}}. Added to the built-in table.',
    ),
  ENGINE_BUDGET_USD_PER_DAY: z.coerce
    .number()
    .positive()
    .optional()
    .describe('What a workspace may have of the engine on a day (UTC), in USD; then the built-in engine answers, and says so.'),
  ENGINE_BUDGET_TOKENS_PER_DAY: whole(1, 1_000_000_000_000).optional().describe('The same in tokens, for models without a price.'),
  SUMMARY_MAX_TOKENS: whole(1_000, 200_000)
    .default(6000)
    .describe('Most tokens sent to the engine for one summary: what it is to do, and as much of the digest as fits.'),
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-').optional().describe('Switches Slack on, together with one of the two below.'),
  SLACK_SIGNING_SECRET: secret(8).optional().describe('Slack over signed HTTP: requests to /slack/events are checked with it.'),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-').optional().describe('Slack over Socket Mode: no public address needed.'),
  SLACK_API_URL: z.url().default('https://slack.com/api/').describe('Slack Web API; change it for tests and proxies.'),
  SLACK_TIMEOUT_SECONDS: whole(1, 60).default(15).describe('How long one call to Slack may take when nobody waits in front of a window.'),
  API_URL: z.url().optional().describe('Where a bot started alone finds the API; the API of the same process otherwise.'),
  API_TOKEN: secret(8)
    .optional()
    .describe(
      'Service token of a bot started alone (scopes LOGS_READ, LOGS_WRITE, TICKETS_READ, TICKETS_WRITE, CHANGES_READ, CHANGES_WRITE, ACT_FOR_SLACK).',
    ),
  MAX_LOG_BYTES: whole(1, 1024 * GIB)
    .default(GIB)
    .describe('Largest log through /logs and Slack, in bytes of text.'),
  MAX_GRAPHQL_LOG_BYTES: whole(1, GIB)
    .default(10 * MIB)
    .describe('Largest log through GraphQL, in bytes of text.'),
  MAX_UNPACK_RATIO: whole(2, 100_000).default(200).describe('Largest ratio of unpacked to packed bytes (archive bombs).'),
  UPLOAD_IDLE_SECONDS: whole(1, 3600).default(60).describe('An upload that sends nothing for so long is given up.'),
  WEBHOOK_ALLOW_PRIVATE: flag
    .default(false)
    .describe('Webhooks may tell private and loopback addresses; only where whoever is admin may reach those anyway.'),
  S3_BUCKET: z
    .string()
    .min(3)
    .optional()
    .describe('Bucket for the text of logs, of S3 or a server that speaks it; in PostgreSQL without it.'),
  S3_REGION: z.string().min(1).default('us-east-1').describe('Region of the bucket.'),
  S3_ENDPOINT: z.url().optional().describe('Address of a server that speaks S3 and is not AWS.'),
  S3_ACCESS_KEY_ID: secret(1).optional().describe('Key for the bucket; without it the role of the task, pod or machine, or a profile.'),
  S3_SECRET_ACCESS_KEY: secret(1).optional().describe('Goes with S3_ACCESS_KEY_ID.'),
  LOG_TEXT_DAYS: whole(1, 3650).optional().describe('How long the text of a log is kept; what was found in it stays. For ever without it.'),
  LOG_DAYS: whole(1, 3650).optional().describe('How long a log is kept with all that was found in it. For ever without it.'),
  ALERTS_TOKEN: secret(16)
    .optional()
    .describe('Opens /webhooks/alerts to an Alertmanager that sends this as its bearer token; shut without it.'),
  ALERTS_CHANNEL: z
    .string()
    .regex(/^[CG][A-Z0-9]{2,30}$/, 'must be the id of a Slack channel, e.g. C0123456789.')
    .optional()
    .describe('Slack channel (its id) where those alerts open their threads; without it they are kept and read by the API.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Switches traces on: an OpenTelemetry collector over HTTP, e.g. http://localhost:4318.'),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(/^\s*[\w-]+=[^,]*(,\s*[\w-]+=[^,]*)*$/, 'must be name=value, with commas between several.')
    .optional()
    .describe('Headers for the collector, as name=value,name=value.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1).describe('Share of requests that are traced, 0 to 1.'),
  LOG_MEMORY_DAYS: whole(1, 3650).default(180).describe('How long what is usual for a source is remembered after it was last seen.'),
  WORKER_CONCURRENCY: whole(1, 256).default(4).describe('Jobs a worker runs at once.'),
  WORKER_LOST_SECONDS: whole(1, 300)
    .default(15)
    .describe('A worker that has not said for so long that it lives is taken for dead, and others do its jobs. The same for all workers.'),
  QUEUE_LIMIT: whole(1, 1_000_000)
    .default(10_000)
    .describe(
      'So much may wait in all; one workspace may fill four fifths of it, one channel or program two thirds. Beyond, it hears that we are busy, and when to try again.',
    ),
  CHANNEL_QUEUE_LIMIT: whole(1, 100_000)
    .default(100)
    .describe('So many answers may wait for one Slack channel, which takes a message a second; then it hears the same.'),
  DIGEST_THREADS: whole(1, 64).default(2).describe('Threads that digest large logs; one log of 64 MiB or more uses all that are free.'),
  DB_POOL: whole(2, 200).default(10).describe('Connections per process for queries; the queue has as many again.'),
} as const;

const schema = z.object(settings);

type Settings = z.output<typeof schema>;

export type Config = Settings & {
  engine: 'builtin' | 'openai';
  graphiql: boolean;
  introspection: boolean;
  stopDelayMs: number;
  slackMode: 'off' | 'http' | 'socket';
  /** Sentences about names in `.env` that are no settings and look like one. */
  strange: readonly string[];
};

/** What is going to be started: some settings are needed by some parts only. */
export type Starting = {
  roles?: readonly string[];
  /** Found on the way to `env`. */
  problems?: readonly string[];
  strange?: readonly string[];
};

/** Reads settings from an environment. Throws AppError CONFIG that names every problem at once. Empty values count as not set. */
export const parseConfig = (
  env: Record<string, string | undefined>,
  { roles = [], problems: found = [], strange = [] }: Starting = {},
): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const parsed = schema.safeParse(given);
  const problems = [...found, ...(parsed.error?.issues.map(inWords) ?? []), ...contradictions(given, roles), ...missing(given, roles)];
  if (!parsed.success || problems.length > 0)
    throw new AppError('CONFIG', `The settings need mending:\n${[...problems, ...strange].map((line) => `  - ${line}`).join('\n')}`);
  const development = parsed.data.NODE_ENV !== 'production';
  return {
    ...parsed.data,
    engine: parsed.data.ENGINE ?? (parsed.data.OPENAI_API_KEY ? 'openai' : 'builtin'),
    graphiql: parsed.data.GRAPHIQL ?? development,
    introspection: parsed.data.INTROSPECTION ?? development,
    stopDelayMs: (parsed.data.STOP_DELAY_SECONDS ?? (development ? 0 : 5)) * 1000,
    slackMode: slackMode(parsed.data),
    strange,
  };
};

/** Reads this process's environment, after the `.env` file in the working directory if there is one. NAME_FILE names a file with the value of NAME. */
export const loadConfig = (roles: readonly string[] = []): Config => {
  try {
    process.loadEnvFile();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      throw new AppError('CONFIG', 'The .env file could not be read; check that it is a text file of NAME=value lines.', { cause: error });
  }
  const names = Object.keys(settings);
  const { env, problems } = readSettingFiles(process.env, names);
  return parseConfig(env, { roles, problems, strange: existsSync('.env') ? strangeSettings(readFileSync('.env', 'utf8'), names) : [] });
};

/** The headers of OTEL_EXPORTER_OTLP_HEADERS. */
export const traceHeadersOf = ({
  OTEL_EXPORTER_OTLP_HEADERS: given = '',
}: Pick<Config, 'OTEL_EXPORTER_OTLP_HEADERS'>): Record<string, string> =>
  Object.fromEntries(
    given
      .split(',')
      .filter((pair) => pair.includes('='))
      .map((pair) => [pair.slice(0, pair.indexOf('=')).trim(), decodeURIComponent(pair.slice(pair.indexOf('=') + 1).trim())]),
  );

/** Where the person stands: npm runs scripts in the project's folder and leaves a note of where it was called. */
export const callersFolder = (): string => process.env.INIT_CWD ?? process.cwd();

/** As `npm start` or `npx aiops start`, whose shell does not pass signals on. */
export const startedByNpm = (): boolean => ['start', 'npx'].includes(process.env['npm_lifecycle_event'] ?? '');

/** What programs that are started see of the environment. */
export const callersEnvironment = (): NodeJS.ProcessEnv => ({ ...process.env });

/** Where a program on the command line finds a server, and the token it shows there: the names the README's examples use. */
export const clientSettings = (): { url: string; token: string | undefined } => ({
  url: process.env['AIOPS']?.trim() || 'http://127.0.0.1:3000',
  token: process.env['AIOPS_TOKEN']?.trim() || undefined,
});

const slackMode = (given: Settings): Config['slackMode'] => {
  if (!given.SLACK_BOT_TOKEN) return 'off';
  if (given.SLACK_APP_TOKEN) return 'socket';
  return given.SLACK_SIGNING_SECRET ? 'http' : 'off';
};

type Given = Partial<Record<keyof Settings, string | undefined>>;

// By what is set at all, so that a setting that is also wrong hides nothing.
const contradictions = (given: Given, roles: readonly string[]): string[] => {
  const problems: string[] = [];
  // Parts may be handed the same settings, and only what they need of the secrets.
  const mayBe = (role: string): boolean => roles.length === 0 || roles.includes(role);
  if (given.ENGINE === 'openai' && !given.OPENAI_API_KEY && mayBe('worker'))
    problems.push('ENGINE is openai but OPENAI_API_KEY is not set.');
  if (!given.SLACK_BOT_TOKEN && (given.SLACK_SIGNING_SECRET || given.SLACK_APP_TOKEN))
    problems.push('SLACK_BOT_TOKEN is missing; the other Slack settings do nothing without it.');
  if ((given.S3_ACCESS_KEY_ID === undefined) !== (given.S3_SECRET_ACCESS_KEY === undefined))
    problems.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY belong together; set both or neither.');
  if (!given.S3_BUCKET && (given.S3_ENDPOINT || given.S3_ACCESS_KEY_ID))
    problems.push('S3_BUCKET is missing; the other S3 settings do nothing without it.');
  if (given.LOG_DAYS && given.LOG_TEXT_DAYS && Number(given.LOG_DAYS) < Number(given.LOG_TEXT_DAYS))
    problems.push('LOG_DAYS is less than LOG_TEXT_DAYS; a text goes with its log at the latest.');
  if (given.API_URL && !given.API_TOKEN && mayBe('bot'))
    problems.push('API_URL is set; set API_TOKEN, the service token the bot uses there.');
  return problems;
};

const missing = (given: Given, roles: readonly string[]): string[] => {
  const problems: string[] = [];
  if (!roles.includes('bot')) return problems;
  if (given.SLACK_BOT_TOKEN && !given.SLACK_SIGNING_SECRET && !given.SLACK_APP_TOKEN)
    problems.push('SLACK_BOT_TOKEN is set; set SLACK_SIGNING_SECRET (HTTP) or SLACK_APP_TOKEN (Socket Mode) as well.');
  if (roles.includes('api')) return problems;
  if (!given.SLACK_BOT_TOKEN)
    problems.push('The bot has nothing to do without Slack: set SLACK_BOT_TOKEN, and SLACK_SIGNING_SECRET or SLACK_APP_TOKEN.');
  if (!given.API_URL)
    problems.push('A bot without an API in the same process needs to know one: set API_URL, and API_TOKEN to a service token made there.');
  return problems;
};

// Values are never repeated: a setting may be a secret.
const inWords = (issue: z.core.$ZodIssue): string => {
  const name = String(issue.path[0]);
  const meaning = name in settings ? settings[name as keyof typeof settings].description : undefined;
  const part = issue.path.length > 1 ? `"${issue.path.slice(1).join('.')}" ` : '';
  return `${name}: ${part}${sentence(issue)}${meaning ? ` (${meaning})` : ''}`;
};

const sentence = (issue: z.core.$ZodIssue): string => {
  switch (issue.code) {
    case 'too_small':
      return issue.origin === 'string' ? `needs ${issue.minimum} characters or more.` : `must be ${issue.minimum} or more.`;
    case 'too_big':
      return `must be ${issue.maximum} or less.`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}.`;
    case 'invalid_type':
      return `must be ${issue.expected === 'int' ? 'a whole number' : `${/^[aeio]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`}.`;
    case 'invalid_format':
      if (issue.format === 'starts_with') return `must start with ${(issue as { prefix?: string }).prefix}.`;
      if (issue.format === 'url' && issue.message.startsWith('Invalid')) return 'is not a valid address, e.g. https://aiops.example.com.';
      return issue.format === 'regex' || issue.format === 'url' ? issue.message.replace(/\.?$/, '.') : `is not a valid ${issue.format}.`;
    default:
      return issue.message;
  }
};

const parseJson = (text: string, context: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is not valid JSON.' });
    return z.NEVER;
  }
};
