import type { App } from './app.ts';

export type Submitted = {
  log: { id: string; status: string } | null;
  replayed: boolean;
  userErrors: { code: string; message: string; field: string | null }[];
};

const SUBMIT =
  'mutation ($input: SubmitLogInput!) { submitLog(input: $input) { log { id status } replayed userErrors { code message field } } }';
const CANCEL = 'mutation ($id: ID!) { cancelLog(input: { logId: $id }) { log { id status } userErrors { code message } } }';

export const submit = async (app: App, input: Record<string, unknown>, token?: string): Promise<Submitted> =>
  (await app.gql<{ submitLog: Submitted }>(SUBMIT, { input }, token)).submitLog;

/** As a program that submits for a Slack user. */
export const submitFor = async (slackUser: string, app: App, input: Record<string, unknown>, token: string): Promise<Submitted> => {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-acting-for': slackUser },
    body: JSON.stringify({ query: SUBMIT, variables: { input } }),
  });
  return ((await response.json()) as { data: { submitLog: Submitted } }).data.submitLog;
};

/** Submits a text and gives its id. */
export const submitText = async (app: App, text: string): Promise<string> => {
  const { log, userErrors } = await submit(app, { text });
  if (!log) throw new Error(JSON.stringify(userErrors));
  return log.id;
};

export const cancel = async (app: App, id: string, token?: string): Promise<Omit<Submitted, 'replayed'>> =>
  (await app.gql<{ cancelLog: Omit<Submitted, 'replayed'> }>(CANCEL, { id }, token)).cancelLog;

/** Rows of a table, whatever their workspace. */
export const countRows = async (
  app: App,
  table: 'log' | 'log_chunk' | 'delivery' | 'engine_call' | 'graphile_worker.jobs',
): Promise<number> =>
  ((await app.database.orm.em.fork().getConnection().execute(`select count(*)::int as count from ${table}`)) as [{ count: number }])[0]
    .count;
