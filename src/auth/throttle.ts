import type { Orm } from '#db/orm.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import { fingerprint } from './secrets.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

// Who guesses is told by where from: wrong tries elsewhere must not keep a person out, whose e-mail everybody knows. An address may be an
// office's. The e-mail alone stands for guessing from many places at once.
const FREE_TRIES = { emailFrom: 5, address: 30, email: 100 } as const;
const FIRST_LOCK_MS = 15 * SECOND;
const LONGEST_LOCK_MS = HOUR;
const FORGET_AFTER_MS = 24 * HOUR;

type SignInTry = { email: string; address: string | null };

export type Throttle = {
  /** Counts a try before it is made, so that tries at the same time cannot slip through. Throws RATE_LIMITED while locked. */
  take(attempt: SignInTry): Promise<void>;
  /** The try was right: the e-mail starts anew from there, the address and the e-mail get their try back. */
  forgive(attempt: SignInTry): Promise<void>;
};

/** Slows down guessing: after some failures each further one locks for twice as long. Shared by all processes through one table. */
export const createThrottle = ({ orm, clock }: { orm: Orm; clock: Clock }): Throttle => {
  const take = async ({ key, freeTries }: Key): Promise<void> => {
    const now = clock.now();
    const taken = await orm.em
      .fork()
      .execute<unknown[]>(
        TAKE,
        [key, now, freeTries, now, FIRST_LOCK_MS, LONGEST_LOCK_MS, new Date(now.getTime() - FORGET_AFTER_MS), now],
        'all',
      );
    if (taken.length > 0) return;
    const [row] = await orm.em
      .fork()
      .execute<{ locked_until: string | Date | null }[]>('select locked_until from login_throttle where key = ?', [key], 'all');
    throw locked(row?.locked_until ? new Date(row.locked_until).getTime() - now.getTime() : SECOND);
  };

  return {
    async take(attempt) {
      for (const key of keysOf(attempt)) await take(key);
    },
    async forgive(attempt) {
      const em = orm.em.fork();
      for (const { key, freeTries, kind } of keysOf(attempt)) {
        if (kind === 'emailFrom') await em.execute('delete from login_throttle where key = ?', [key], 'run');
        else await em.execute(GIVE_BACK, [freeTries, key], 'run');
      }
      await em.execute('delete from login_throttle where last_failure_at < ?', [new Date(clock.now().getTime() - FORGET_AFTER_MS)], 'run');
    },
  };
};

// No row comes back when the key is locked: the `where` left it alone.
const TAKE = `
  with input as (
    select ?::text as key, ?::timestamptz as now, ?::int as free_tries, ?::timestamptz as at, ?::float8 as first_lock, ?::float8 as longest_lock, ?::timestamptz as forget_before
  )
  insert into login_throttle as t (key, failures, last_failure_at, locked_until)
  select key, 1, now, null from input
  on conflict (key) do update set
    failures = case when t.last_failure_at < (select forget_before from input) then 1 else t.failures + 1 end,
    last_failure_at = excluded.last_failure_at,
    locked_until = case
      when t.last_failure_at >= (select forget_before from input) and t.failures + 1 >= (select free_tries from input)
      then excluded.last_failure_at + least(
        (select longest_lock from input),
        (select first_lock from input) * power(2, least(t.failures + 1 - (select free_tries from input), 30))
      ) * interval '1 millisecond'
    end
  where t.locked_until is null or t.locked_until <= ?::timestamptz
  returning t.key`;

const GIVE_BACK = `
  update login_throttle set
    failures = greatest(failures - 1, 0),
    locked_until = case when failures - 1 < ? then null else locked_until end
  where key = ?`;

type Key = { kind: keyof typeof FREE_TRIES; key: string; freeTries: number };

const keysOf = ({ email, address }: SignInTry): Key[] => {
  const from = address ? network(address) : '';
  return [keyOf('emailFrom', `${email} ${from}`), ...(from ? [keyOf('address', from), keyOf('email', email)] : [])];
};

const keyOf = (kind: Key['kind'], value: string): Key => ({ kind, key: `${kind}:${fingerprint(value)}`, freeTries: FREE_TRIES[kind] });

// An IPv6 customer owns a /64 at least: single addresses cost nothing there.
const network = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`;
};

const locked = (waitMs: number): AppError => {
  const retryAfterMs = Math.max(SECOND, waitMs);
  const minutes = Math.ceil(retryAfterMs / MINUTE);
  const wait = retryAfterMs < MINUTE ? `${Math.ceil(retryAfterMs / SECOND)} seconds` : minutes === 1 ? 'a minute' : `${minutes} minutes`;
  return new AppError('RATE_LIMITED', `Too many tries to sign in. Wait ${wait} and try again.`, { retryAfterMs });
};
