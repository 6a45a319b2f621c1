import { AppError } from './errors.ts';

// Node's network errors, and PostgreSQL's: 08 connection, 28 authorisation, 3D no such database, 57P starting or shutting down, 53 no room left (on its disk,
// in its memory, for one more of us), 58030 a disk that fails, 25006 read-only (a server that leads no more; some providers make a full one so).
const AWAY = /^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENETUNREACH|EPIPE|08|28|3D|57P|53|58030|25006)/;
// The driver's own, which have no code.
const DRIVERS =
  /^(?:Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;
// Here the question had been asked already, so what came of it is not known.
const CUT_OFF = /^(ECONNRESET|EPIPE|ETIMEDOUT|57P02|Connection terminated|Client has encountered)/;
// It is there and can write nothing down, until somebody makes room.
const FULL = /^(53100|53200|58030|25006)/;
const DISK_FULL = '53100';
// It is there, and undid this for the sake of others: serialization, deadlock, a lock that was not to be had in time.
const GAVE_WAY = /^(40001|40P01|55P03)/;
// It is there, and broke this off: statement_timeout, or somebody's pg_cancel_backend.
const BROKEN_OFF = '57014';
const RESTARTING = /^(ECONNREFUSED|ECONNRESET|EPIPE|57P0[123]|Connection terminated unexpectedly|Client has encountered)/;
const RETRY_AFTER_MS = 10_000;
const RETRY_FULL_MS = 60_000;
const RETRY_AT_ONCE_MS = 1_000;

/** Whether it says that the database cannot be worked with just now (away, full, read-only), under whatever the ORM wrapped around it. */
export const isDatabaseAway = (error: unknown): boolean => AWAY.test(signOf(error) ?? '') || DRIVERS.test(signOf(error) ?? '');

/** Whether it says that the database undid this for the sake of others, as in a deadlock: done again, it will most likely be kept. */
export const gaveWay = (error: unknown): boolean => GAVE_WAY.test(signOf(error) ?? '');

/** Whether it says that nothing listens there just now, or that it is being stopped or started: a restart, most likely. */
export const isDatabaseRestarting = (error: unknown): boolean => RESTARTING.test(signOf(error) ?? '');

/** The sentence for whoever asked meanwhile, also where it only gave way or took too long; null when the error says something else. */
export const databaseAway = (error: unknown): AppError | null => {
  const sign = signOf(error);
  if (sign === null) return null;
  const [sentence, retryAfterMs] = answerTo(sign);
  return new AppError('UNAVAILABLE', sentence, { cause: error, retryAfterMs });
};

const answerTo = (sign: string): [sentence: string, retryAfterMs: number] => {
  if (sign === DISK_FULL) return [NO_ROOM, RETRY_FULL_MS];
  if (FULL.test(sign)) return [NOTHING_WRITTEN, RETRY_FULL_MS];
  if (GAVE_WAY.test(sign)) return [TOO_MANY_AT_ONCE, RETRY_AT_ONCE_MS];
  if (sign === BROKEN_OFF) return [TOOK_TOO_LONG, RETRY_AFTER_MS];
  return [CUT_OFF.test(sign) ? UNSURE : NOTHING_KEPT, RETRY_AFTER_MS];
};

/** Whether it says that nothing can be written down there: that heals only when somebody makes room, or mends it. */
export const isDatabaseFull = (error: unknown): boolean => FULL.test(signOf(error) ?? '');

/** Whether it says that this connection leads to a server that takes nothing in; another may lead to one that does. */
export const isReadOnly = (error: unknown): boolean => signOf(error) === '25006';

const NOTHING_KEPT = 'The database is away for the moment, so nothing was kept. Try again in a minute.';
const NO_ROOM = 'The disk of the database is full, so nothing was kept. Make room there, or tell whoever runs this server; then try again.';
const NOTHING_WRITTEN =
  'The database can write nothing down for the moment (it is read-only, out of memory, or its disk fails), so nothing was kept. Try again in some minutes.';
const TOO_MANY_AT_ONCE = 'Somebody else was changing the same at that moment, so nothing was kept. Try again.';
const TOOK_TOO_LONG =
  'The database took too long for this and broke it off, so nothing was kept. Try again in a minute, or ask for less at a time.';
const UNSURE =
  'The database went away in the middle of this, and most likely nothing was kept. Try again in a minute; with an idempotency key nothing is done twice.';

/** The code (`ECONNREFUSED`, `53100`) or the driver's words by which that is known; null when the error says something else. */
export const signOf = (error: unknown): string | null => {
  for (let cause = error; cause; cause = (cause as Error).cause ?? (cause as { errors?: unknown[] }).errors?.[0]) {
    // A client that hung up in the middle of its request is no database.
    if ((cause as Error).message === 'aborted') return null;
    const code = String((cause as { code?: unknown }).code ?? '');
    if (AWAY.test(code) || GAVE_WAY.test(code) || code === BROKEN_OFF) return code;
    const { message } = cause as Error;
    if (DRIVERS.test(message ?? '')) return message;
  }
  return null;
};
