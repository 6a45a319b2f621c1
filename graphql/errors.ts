import { type ExecutionResult, GraphQLError } from 'graphql';
import { isAsyncIterable, mapAsyncIterator, type Plugin } from 'graphql-yoga';
import { databaseAway, isDatabaseAway, isDatabaseFull, signOf } from '#src/core/database-away.ts';
import { AppError, type ErrorCode, isAppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Log } from '#src/core/ports.ts';
import type { UserError, UserErrorCode } from './generated/resolver-types.ts';
import { requestIdOf } from './request-id.ts';

type Answer = {
  /** In a mutation's payload: something the caller can mend. Null: always in `errors`. */
  userError: UserErrorCode | null;
  /** HTTP status when it is in `errors`; 200 without. */
  status?: number;
};

/** The one table from what went wrong to what the API answers. In `errors` the code is in `extensions.code`. */
const answers: Record<ErrorCode, Answer> = {
  BAD_INPUT: { userError: 'BAD_INPUT' },
  TOO_LARGE: { userError: 'TOO_LARGE', status: 413 },
  NOT_FOUND: { userError: 'NOT_FOUND' },
  CONFLICT: { userError: 'CONFLICT' },
  FORBIDDEN: { userError: 'FORBIDDEN' },
  RATE_LIMITED: { userError: 'RATE_LIMITED', status: 429 },
  BUSY: { userError: 'BUSY', status: 503 },
  CANCELLED: { userError: 'CONFLICT' },
  UNAUTHENTICATED: { userError: null, status: 401 },
  CONFIG: { userError: null },
  UNAVAILABLE: { userError: null, status: 503 },
  STORE_UNAVAILABLE: { userError: null, status: 503 },
  ENGINE_UNAVAILABLE: { userError: null },
  ENGINE_RATE_LIMITED: { userError: null },
  ENGINE_DENIED: { userError: null },
  ENGINE_REFUSED: { userError: null },
  ENGINE_BAD_ANSWER: { userError: null },
  ENGINE_BUDGET: { userError: null },
  CHAT_UNAVAILABLE: { userError: null },
  CHAT_RATE_LIMITED: { userError: null },
  CHAT_DENIED: { userError: null },
  CHAT_TOKEN_REFUSED: { userError: null },
  API_UNAVAILABLE: { userError: null },
  HOOK_UNAVAILABLE: { userError: null },
  HOOK_REFUSED: { userError: null },
};

type Payload = { userErrors: UserError[] };

/** Runs a mutation. What the caller can mend becomes the payload `{ ...instead, userErrors }`; the rest flies on. */
export const userErrors = async <Fields extends object, Instead extends object = Record<never, never>>(
  work: () => Promise<Fields>,
  instead?: Instead,
): Promise<(Fields & Payload) | (Instead & Payload)> => {
  try {
    return { ...(await work()), userErrors: [] };
  } catch (error) {
    const userError = toUserError(error);
    if (!userError) throw error;
    return { ...(instead ?? ({} as Instead)), userErrors: [userError] };
  }
};

const toUserError = (error: unknown): UserError | null => {
  if (!isAppError(error)) return null;
  const code = answers[error.code].userError;
  const seconds = error.retryAfterMs === undefined ? null : Math.ceil(error.retryAfterMs / 1000);
  return code && { code, message: error.message, field: error.field ?? null, retryAfterSeconds: seconds };
};

/** Turns everything in `errors` into something to show: a sentence with a code, or a mask with an id that is logged once. */
export const useErrorTable = (log: Log): Plugin => ({
  onResultProcess({ request, result, setResult }) {
    const show = (one: ExecutionResult): ExecutionResult =>
      one.errors ? { ...one, errors: one.errors.map((error) => shown(error, requestIdOf(request), log)) } : one;
    if (isAsyncIterable(result)) setResult(mapAsyncIterator(result as AsyncIterableIterator<ExecutionResult>, show));
    else if (!Array.isArray(result)) setResult(show(result as ExecutionResult));
  },
});

const shown = (error: GraphQLError, requestId: string, log: Log): GraphQLError => {
  const original = originOf(error);
  if (original instanceof AppError) return inWords(error, original);
  if (original instanceof GraphQLError && !error.extensions.unexpected) return asAsked(error, original);
  const away = databaseAway(original);
  if (away) {
    const told = { requestId, path: error.path?.join('.'), why: signOf(original) };
    if (isDatabaseFull(original)) log.error(told, 'request refused: the database can write nothing down');
    else log.warn(told, isDatabaseAway(original) ? 'request refused: the database is away' : 'request refused: the database undid it');
    return inWords(error, away);
  }
  const id = newId('err');
  log.error({ errorId: id, requestId, path: error.path?.join('.'), err: original }, 'Unexpected error in the API');
  const message = `Something went wrong on our side. Try again, and quote ${id} when you ask for help.`;
  return located(error, message, { code: 'INTERNAL', id, unexpected: true });
};

// What graphql-js itself refuses is the client's to mend. It repeats values, and a password may stand in the wrong place.
const asAsked = (error: GraphQLError, original: GraphQLError): GraphQLError =>
  located(error, withoutValues(error.message), { code: 'BAD_INPUT', ...original.extensions, ...error.extensions });

const withoutValues = (message: string): string =>
  message
    .replace(
      /^(Variable "\$\w+" got invalid value) .*?(?: at "([^"]*)")?; (?=Expected |Field "|\w+ cannot represent |Value |A |Enum )/s,
      (_, opening: string, place?: string) => `${opening}${place ? ` at "${place}"` : ''}; `,
    )
    .replace(/( cannot represent [^:]*): .*$/s, '$1.')
    .replace(/,? (?:found|Found): .*$/s, '.')
    .replace(/(Value|value) ".*" does not exist/s, '$1 does not exist')
    .replace(/(, found (?:String|BlockString|Int|Float)) ".*"\.$/s, '$1.');

const inWords = (error: GraphQLError, { code, message, field, retryAfterMs }: AppError): GraphQLError => {
  const { status } = answers[code];
  const headers = {
    ...(code === 'UNAUTHENTICATED' && { 'www-authenticate': 'Bearer' }),
    // The rest of the body is still on its way; on a connection that is kept, the next request would wait behind it.
    ...(code === 'TOO_LARGE' && { connection: 'close' }),
    ...(retryAfterMs && { 'retry-after': String(Math.ceil(retryAfterMs / 1000)) }),
  };
  return located(error, message, { code, ...(field && { field }), ...(status && { http: { status, headers } }) });
};

const located = ({ nodes, source, positions, path }: GraphQLError, message: string, extensions: Record<string, unknown>): GraphQLError =>
  new GraphQLError(message, { nodes, source, positions, path, extensions });

// Executors wrap what a resolver throws, sometimes twice.
const originOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? originOf(error.originalError) : error;
