import type { Config } from '#src/config.ts';
import { bad, type Finding, ok } from './finding.ts';

const TIMEOUT_MS = 10_000;

/** What a bot in a process of its own asks the API for; the setting's description names them. */
const NEEDED = ['LOGS_READ', 'LOGS_WRITE', 'TICKETS_READ', 'TICKETS_WRITE', 'CHANGES_READ', 'CHANGES_WRITE', 'ACT_FOR_SLACK'];

/** Whether a bot that is started alone gets through to its API, and may do there what it has to. Nothing where no API is named. */
export const lookAtApi = async ({ API_URL, API_TOKEN }: Pick<Config, 'API_URL' | 'API_TOKEN'>): Promise<Finding[]> => {
  if (!API_URL) return [];
  const { host } = new URL(API_URL);
  let response: Response;
  try {
    response = await fetch(new URL('/graphql', API_URL), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${API_TOKEN}` },
      body: JSON.stringify({ query: '{ me { scopes } }' }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    return [bad('API', `${host} does not answer`, 'Check API_URL, and that the api runs: the bot stores everything there.')];
  }
  const answer = (await response.json().catch(() => null)) as { data?: { me?: { scopes?: string[] } | null } | null } | null;
  const scopes = answer?.data?.me?.scopes;
  if (scopes) return judge(host, scopes);
  if (response.status === 401 || response.status === 403 || answer?.data !== undefined)
    return [
      bad('API', `${host} refuses the token`, 'Make a service token there and set API_TOKEN: it may have been revoked, or have ended.'),
    ];
  return [
    bad(
      'API',
      `what answers at ${host} is not the API (${response.status})`,
      'Check API_URL: it is the address of the api, without /graphql.',
    ),
  ];
};

const judge = (host: string, scopes: readonly string[]): Finding[] => {
  const missing = NEEDED.filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return [ok('API', `${host} takes the token, and it may all that a bot does`)];
  return [bad('API', `the token at ${host} lacks ${missing.join(', ')}`, 'Make a service token with these scopes too and set API_TOKEN.')];
};
