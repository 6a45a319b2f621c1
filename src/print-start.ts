import colours from 'picocolors';
import type { Config } from './config.ts';
import type { Role } from './roles.ts';
import type { Runtime } from './runtime.ts';
import { wrap } from './terminal/text-cells.ts';

/** A few lines for whoever started the server: what runs, where, and what is off and how to switch it on. */
export const printStart = (runtime: Runtime, wanted: readonly Role[], config: Config, seconds: number): void => {
  const { url, setupToken } = runtime;
  const lines: [string, string][] = [];
  if (wanted.includes('api')) lines.push(['API', `${url}/graphql`], ['Logs', `${url}/logs/ takes them by curl -T, with a token`]);
  if (runtime.database) lines.push(['Database', describeDatabase(runtime.database, config)]);
  if (runtime.engine) lines.push(['Engine', describeEngine(runtime.engine)]);
  // An API alone neither hears Slack nor talks to it.
  if (wanted.some((role) => role !== 'api')) lines.push(['Slack', describeSlack(runtime, config, wanted)]);
  // Behind the #: one-time, and sent nowhere by a browser.
  if (setupToken) lines.push(['First admin', `open ${url}/setup#${setupToken}`]);
  for (const sentence of config.strange) lines.push(['Not used', sentence]);
  const title = `${colours.bold('AI Ops Assistant')} is ready: ${running(wanted, runtime).join(', ')} ${colours.dim(`(${seconds.toFixed(1)} s)`)}`;
  const width = process.stdout.isTTY ? Math.max(40, process.stdout.columns - INDENT) : Number.POSITIVE_INFINITY;
  const table = lines
    .flatMap(([name, text]) =>
      inLines(text, width).map((part, at) => `  ${colours.cyan((at === 0 ? name : '').padEnd(INDENT - 3))} ${part}`),
    )
    .join('\n');
  // In one go, so that whoever reads along never sees half of it.
  console.log(`\n${title}\n\n${table}\n\n  ${colours.dim('Ctrl-C stops.')}\n`);
};

const INDENT = 15;

/** Without Slack there is no bot, whoever asked for one. */
const running = (wanted: readonly Role[], { slack }: Runtime): Role[] => wanted.filter((role) => role !== 'bot' || slack !== 'off');

// A link must stay in one piece to be clicked.
const inLines = (text: string, width: number): string[] =>
  text.split(' ').some((word) => word.length > width) ? [text] : wrap(text, width);

const describeDatabase = ({ kind }: NonNullable<Runtime['database']>, { DATA_DIR, NODE_ENV }: Config): string => {
  if (kind === 'yours') return 'yours (DATABASE_URL)';
  const embedded = `embedded PostgreSQL in ${DATA_DIR}/`;
  return NODE_ENV === 'production'
    ? `${embedded}, for this one machine, and nobody backs it up. For production: set DATABASE_URL to a PostgreSQL of your own`
    : `${embedded}. For your own: set DATABASE_URL`;
};

const describeEngine = (engine: NonNullable<Runtime['engine']>): string =>
  engine.local
    ? 'built-in, no network. For OpenAI or a compatible server: set OPENAI_API_KEY'
    : `${engine.name}, model ${engine.model}; secrets are masked before anything leaves`;

const describeSlack = ({ slack, slackReached, url }: Runtime, config: Config, wanted: readonly Role[]): string => {
  const late = slackReached ? '' : 'not reached yet; trying on';
  if (slack === 'socket') return late || 'connected over Socket Mode';
  if (slack === 'http') return `${late && `${late}. Meanwhile `}listening at ${url}/slack/events`;
  if (!config.SLACK_BOT_TOKEN)
    return 'off. To switch it on: paste bot/manifest.yml at api.slack.com/apps, then set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET or SLACK_APP_TOKEN';
  return wanted.includes('worker') ? 'answers only (no bot role here)' : 'off here';
};
