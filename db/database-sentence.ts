import { AppError } from '#src/core/errors.ts';

/** What PostgreSQL or the way to it said, as a sentence that says what to do; null for anything else. Names host, port, database and role, never the password. */
export const databaseSentence = (error: unknown, url: string): AppError | null => {
  const target = parseTarget(url);
  for (const cause of causesOf(error)) {
    const code = String(cause.code ?? '');
    const found = sentences.find(([pattern]) => pattern.test(code || (cause.message ?? '')));
    if (found) return new AppError('CONFIG', found[1](target, cause.message ?? ''), { cause: error });
  }
  return null;
};

type Target = { at: string; database: string; role: string };

const sentences: readonly (readonly [RegExp, (target: Target, message: string) => string])[] = [
  [/^ECONNREFUSED$/, ({ at }) => `Nothing listens at ${at}. Start PostgreSQL there, or set DATABASE_URL to where it runs.`],
  [/^(ENOTFOUND|EAI_)/, ({ at }) => `The host of ${at} has no address. Check its name in DATABASE_URL, and this machine's DNS.`],
  [
    /^(ETIMEDOUT|EHOST|ENETUNREACH)|^(timeout expired|timeout exceeded|Query read timeout|Connection terminated due to connection timeout)/,
    ({ at }) =>
      `PostgreSQL at ${at} gave no answer in time. Check host and port in DATABASE_URL, firewalls on the way, and whether the server hangs (a full disk, a frozen machine).`,
  ],
  [
    /^28P01$/,
    ({ at, role }) =>
      `PostgreSQL at ${at} refuses the password of "${role}". Mend it in DATABASE_URL (special characters as %XX), or set it: alter role "${role}" password '…'`,
  ],
  [
    /^28/,
    ({ at, role }, message) =>
      `PostgreSQL at ${at} does not let "${role}" in (${message}). The role must exist, may have to be told alter role "${role}" login, and pg_hba.conf must let it in from here; some servers ask for ?sslmode=require in DATABASE_URL.`,
  ],
  [
    /^3D000$/,
    ({ at, database, role }) =>
      `There is no database "${database}" at ${at}. Make it, as a superuser: create database "${database}" owner "${role}"`,
  ],
  [
    /^42501$/,
    ({ at, database, role }, message) =>
      `The role "${role}" lacks a right in database "${database}" at ${at} (${message}). It must own what it migrates; as a superuser: alter database "${database}" owner to "${role}"; tables that another role made: reassign owned by OTHER to "${role}"`,
  ],
  [
    /^3F000$/,
    ({ at, database, role }) =>
      `Database "${database}" at ${at} has no schema to make tables in. As a superuser, in that database: create schema public authorization "${role}"`,
  ],
  [
    /^55000$/,
    ({ at, database }) =>
      `Database "${database}" at ${at} takes no connections. As a superuser: alter database "${database}" allow_connections true`,
  ],
  [
    /^53300$/,
    ({ at }) =>
      `PostgreSQL at ${at} has no connection left. Raise its max_connections, lower DB_POOL, or look at pg_stat_activity for who holds them.`,
  ],
  [
    /^25006$/,
    ({ at, database }) =>
      `Database "${database}" at ${at} is read-only. Either DATABASE_URL leads to a replica, or somebody (a provider whose disk is full, say) switched it: show default_transaction_read_only`,
  ],
  [
    /^(53100|58030)$/,
    ({ at }, message) =>
      `PostgreSQL at ${at} cannot write (${message}). Make room on its disk; LOG_TEXT_DAYS and S3_BUCKET keep it from filling again.`,
  ],
  [/^57P/, ({ at }) => `PostgreSQL at ${at} is starting up or shutting down. Try again in a moment.`],
  [
    /CERT|UNABLE_TO_|ERR_TLS|^The server does not support SSL/,
    ({ at }, message) =>
      `No encrypted connection to PostgreSQL at ${at}: ${message}. Check sslmode in DATABASE_URL; an authority of your own goes into NODE_EXTRA_CA_CERTS.`,
  ],
  [
    /^(ECONN|EPIPE|08)|^Connection terminated|^Client has encountered/,
    ({ at }) => `The connection to PostgreSQL at ${at} broke. Check that what listens there is PostgreSQL, and its log.`,
  ],
];

type Cause = { code?: unknown; message?: string; cause?: unknown; errors?: unknown[] };

// Under whatever the ORM wrapped around it; of several addresses that were tried, the first.
function* causesOf(error: unknown): Iterable<Cause> {
  for (let cause = error as Cause | undefined; cause; cause = (cause.cause ?? cause.errors?.[0]) as Cause | undefined) yield cause;
}

const parseTarget = (url: string): Target => {
  const { hostname, port, pathname, username, searchParams } = new URL(url);
  const role = decodeURIComponent(username) || 'the user of this process';
  return {
    at: `${hostname || (searchParams.get('host') ?? 'localhost')}:${port || 5432}`,
    database: decodeURIComponent(pathname.slice(1)) || role,
    role,
  };
};
