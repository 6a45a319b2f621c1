import { readFileSync } from 'node:fs';
import type { Config } from '#src/config.ts';
import { bad, type Finding, ok, warn } from './finding.ts';

const TIMEOUT_MS = 10_000;
const manifest = new URL('../../bot/manifest.yml', import.meta.url);

export type Slack = { findings: Finding[]; date: string | null; teamId: string | null };

/** Asks Slack whose token it is, and compares its scopes with the manifest: each one that is missing is named with what it is for. */
export const lookAtSlack = async ({
  SLACK_BOT_TOKEN,
  SLACK_APP_TOKEN,
  SLACK_API_URL,
  ALERTS_CHANNEL,
  slackMode,
}: Config): Promise<Slack> => {
  if (!SLACK_BOT_TOKEN)
    return {
      findings: [
        warn(
          'Slack',
          'off',
          'Paste bot/manifest.yml at api.slack.com/apps, then set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET or SLACK_APP_TOKEN.',
        ),
      ],
      date: null,
      teamId: null,
    };
  const { json, response } = await call(SLACK_API_URL, 'auth.test', SLACK_BOT_TOKEN);
  if (!response)
    return {
      findings: [bad('Slack', 'does not answer', 'Check the way out of this network, and SLACK_API_URL.')],
      date: null,
      teamId: null,
    };
  const date = response.headers.get('date');
  if (!json?.ok)
    return {
      findings: [
        bad(
          'Slack',
          `refuses the bot token (${String(json?.error ?? response.status)})`,
          'Install the app again and set the SLACK_BOT_TOKEN it shows.',
        ),
      ],
      date,
      teamId: null,
    };
  const socket = slackMode === 'socket' && SLACK_APP_TOKEN ? await lookAtSocket(SLACK_API_URL, SLACK_APP_TOKEN) : [];
  const channel = ALERTS_CHANNEL ? await lookAtChannel(SLACK_API_URL, SLACK_BOT_TOKEN, ALERTS_CHANNEL) : [];
  return {
    findings: [
      ok('Slack', `${json.team} as @${json.user}, by ${slackMode === 'socket' ? 'Socket Mode' : 'signed HTTP'}`),
      ...scopes(response),
      ...socket,
      ...channel,
    ],
    date,
    teamId: json.team_id ?? null,
  };
};

const scopes = (response: Response): Finding[] => {
  const granted = response.headers.get('x-oauth-scopes');
  if (granted === null) return [warn('Scopes', 'Slack did not say which the token has', 'Install the app again if something is refused.')];
  const has = new Set(granted.split(',').map((scope) => scope.trim()));
  const missing = wanted().filter(({ scope }) => !has.has(scope));
  if (missing.length === 0) return [ok('Scopes', 'all that bot/manifest.yml asks for')];
  return missing.map(({ scope, purpose }) =>
    bad(
      'Scopes',
      `${scope} is missing (${purpose})`,
      'Paste bot/manifest.yml into the app’s settings at api.slack.com/apps, and install it again.',
    ),
  );
};

/** Every scope of the manifest stands there with what it is for. */
const wanted = (): { scope: string; purpose: string }[] =>
  [...readFileSync(manifest, 'utf8').matchAll(/^\s+- ([a-z_.]+:[a-z_.]+|commands) # (.+)$/gm)].map(([, scope = '', purpose = '']) => ({
    scope,
    purpose,
  }));

const lookAtSocket = async (apiUrl: string, token: string): Promise<Finding[]> => {
  const { json } = await call(apiUrl, 'apps.connections.open', token);
  return json?.ok
    ? [ok('Socket Mode', 'the app token opens connections')]
    : [
        bad(
          'Socket Mode',
          `refuses the app token (${String(json?.error ?? 'no answer')})`,
          'Make an app-level token with connections:write and set SLACK_APP_TOKEN.',
        ),
      ];
};

/** Whether alerts can be posted where ALERTS_CHANNEL says. */
const lookAtChannel = async (apiUrl: string, token: string, id: string): Promise<Finding[]> => {
  const { json } = await call(apiUrl, 'conversations.info', token, { channel: id });
  if (json?.ok && json.channel?.is_member)
    return [ok('Alerts', `the bot is in #${json.channel.name ?? id}, where alerts open their threads`)];
  const says = json?.ok ? `the bot is not in #${json.channel?.name ?? id}` : `${id} cannot be seen (${String(json?.error ?? 'no answer')})`;
  return [
    bad(
      'Alerts',
      `${says}, where ALERTS_CHANNEL wants alerts`,
      'Type /invite @aiops there, or set ALERTS_CHANNEL to the id of another channel.',
    ),
  ];
};

type Answer = {
  ok?: boolean;
  error?: string;
  team?: string;
  team_id?: string;
  user?: string;
  channel?: { name?: string; is_member?: boolean };
};

const call = async (
  apiUrl: string,
  method: string,
  token: string,
  body: Record<string, string> = {},
): Promise<{ response: Response | null; json: Answer | null }> => {
  try {
    const response = await fetch(new URL(method, apiUrl), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { response, json: (await response.json().catch(() => null)) as Answer | null };
  } catch {
    return { response: null, json: null };
  }
};
