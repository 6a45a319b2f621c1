import { AppError } from './errors.ts';

// Node's network errors, and PostgreSQL's: 08 connection, 28 authorisation, 3D no such database, 57P starting or shutting down, 53100 a full disk,
// 53300 too many of us.
const AWAY = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENETUNREACH|EPIPE|08|28|3D|57P|53[13]00)/;
const FULL = '53100';
// The driver's own, which have no code.
const DRIVERS =
  /^(?:Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;
// Here the question had been asked already, so what came of it is not known.
const CUT_OFF = /^(ECONNRESET|EPIPE|ETIMEDOUT|57P02|Connection terminated|Client has encountered)/;
const RESTARTING = /^(ECONNREFUSED|ECONNRESET|EPIPE|57P0[123]|Connection terminated unexpectedly|Client has encountered)/;
const RETRY_AFTER_MS = 10_000;

/** Whether it says that the connection to the database was lost or refused, under whatever the ORM wrapped around it. */
export const isDatabaseAway = (error: unknown): boolean => signOf(error) !== null;

/** Whether it says that nothing listens there just now, or that it is being stopped or started: a restart, most likely. */
export const isDatabaseRestarting = (error: unknown): boolean => RESTARTING.test(signOf(error) ?? '');

/** Whether it says that the disk is full: that heals only when somebody makes room. */
export const isDatabaseFull = (error: unknown): boolean => signOf(error) === FULL;

/** The sentence for whoever asked meanwhile, or null when the error says something else. */
export const databaseAway = (error: unknown): AppError | null => {
  const sign = signOf(error);
  if (sign === FULL) return new AppError('UNAVAILABLE', NO_ROOM, { cause: error, retryAfterMs: 6 * RETRY_AFTER_MS });
  return sign === null
    ? null
    : new AppError('UNAVAILABLE', CUT_OFF.test(sign) ? UNSURE : NOTHING_KEPT, { cause: error, retryAfterMs: RETRY_AFTER_MS });
};

const NOTHING_KEPT = 'The database is away for the moment, so nothing was kept. Try again in a minute.';
const NO_ROOM = 'The disk of the database is full, so nothing was kept. Make room there, or tell whoever runs this server; then try again.';
const UNSURE =
  'The database went away in the middle of this, and most likely nothing was kept. Try again in a minute; with an idempotency key nothing is done twice.';

const signOf = (error: unknown): string | null => {
  for (let cause = error; cause; cause = (cause as Error).cause ?? (cause as { errors?: unknown[] }).errors?.[0]) {
    // A client that hung up in the middle of its request is no database.
    if ((cause as Error).message === 'aborted') return null;
    const code = String((cause as { code?: unknown }).code ?? '');
    if (AWAY.test(code)) return code;
    const { message } = cause as Error;
    if (DRIVERS.test(message ?? '')) return message;
  }
  return null;
};
