import { AppError, type ErrorCode } from '#src/core/errors.ts';
import { traceHeaders } from '#src/core/trace.ts';
import { BotSelfTestDocument, type TypedDocumentString } from './generated/operations.ts';

/** On whose behalf a request is made; the API writes it into the audit trail. */
export type ActingFor = { teamId: string; userId: string; requestId: string };

/** The GraphQL API as the bot sees it. Throws AppError; API_UNAVAILABLE means: as far as we know, nothing was kept. */
export type Api = {
  request<Result, Variables>(document: TypedDocumentString<Result, Variables>, variables: Variables, acting: ActingFor): Promise<Result>;
};

/** `ping` asks who we are there. Throws API_UNAVAILABLE, UNAUTHENTICATED. */
export type ApiLink = Api & { ping(): Promise<void> };

export type ApiOptions = {
  /** Address of the GraphQL endpoint, e.g. http://127.0.0.1:3000/graphql. */
  url: string;
  /** Service token with LOGS_READ, LOGS_WRITE, TICKETS_READ, TICKETS_WRITE, CHANGES_READ, CHANGES_WRITE and ACT_FOR_SLACK. */
  token: string;
  timeoutMs?: number;
  fetch?: typeof fetch;
};

// Slack waits 3 s for our answer; this leaves half a second to tell the person what happened.
const TIMEOUT_MS = 2_500;

export const createApi = (options: ApiOptions): ApiLink => ({
  async request(document, variables, { teamId, userId, requestId }) {
    return ask(options, document, variables, { 'x-acting-for': `slack:${teamId}:${userId}`, 'x-request-id': requestId });
  },
  async ping() {
    await ask(options, BotSelfTestDocument, {}, {});
  },
});

const ask = async <Result, Variables>(
  { url, token, timeoutMs = TIMEOUT_MS, fetch: send = fetch }: ApiOptions,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  headers: Record<string, string>,
): Promise<Result> => {
  let answer: Answer;
  try {
    const response = await send(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
        authorization: `Bearer ${token}`,
        ...headers,
        ...traceHeaders(),
      },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    answer = { status: response.status, body: parseBody(await response.text()) };
  } catch (error) {
    throw new AppError('API_UNAVAILABLE', isTimeout(error) ? TOO_SLOW : UNREACHABLE, { cause: error });
  }
  return dataOf<Result>(answer);
};

type GraphError = { message: string; extensions?: { code?: unknown; field?: unknown; retryAfterMs?: unknown } };
type Answer = { status: number; body: { data?: unknown; errors?: GraphError[] } | null };

const UNREACHABLE = 'I could not store this, so nothing was kept. Please try again in a minute.';
const TOO_SLOW =
  'I could not store this in time; as far as I know nothing was kept. If no answer appears within a minute, please try again.';
const BAD_TOKEN = 'The API refused my token, so nothing was kept. An admin must give the bot a valid service token (API_TOKEN).';

const dataOf = <Result>({ status, body }: Answer): Result => {
  const error = body?.errors?.[0];
  if (error) throw toAppError(error);
  if (status === 401 || status === 403) throw new AppError('UNAUTHENTICATED', BAD_TOKEN);
  if (status === 429) throw new AppError('RATE_LIMITED', 'Too much at once: nothing was kept. Please try again in a minute.');
  if (status >= 400 || !body?.data) throw new AppError('API_UNAVAILABLE', UNREACHABLE);
  return body.data as Result;
};

// Codes whose sentence is meant for the person; whatever else the API answers is its own trouble and masked there.
const SPEAKABLE: ReadonlySet<string> = new Set<ErrorCode>([
  'BAD_INPUT',
  'TOO_LARGE',
  'NOT_FOUND',
  'CONFLICT',
  'FORBIDDEN',
  'RATE_LIMITED',
  'BUSY',
  'CANCELLED',
]);

const toAppError = ({ message, extensions }: GraphError): AppError => {
  const code = String(extensions?.code ?? '');
  if (code === 'UNAUTHENTICATED') return new AppError('UNAUTHENTICATED', BAD_TOKEN);
  if (!SPEAKABLE.has(code)) return new AppError('API_UNAVAILABLE', UNREACHABLE, { cause: message });
  return new AppError(code as ErrorCode, message, typeof extensions?.field === 'string' ? { field: extensions.field } : {});
};

const parseBody = (text: string): Answer['body'] => {
  try {
    return JSON.parse(text) as Answer['body'];
  } catch {
    return null;
  }
};

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';
