import type { Orm } from '#db/orm.ts';
import type { Config } from '#src/config.ts';
import type { Clock } from '#src/core/ports.ts';

/** Of a workspace on a day (UTC). Left out, there is no limit. */
export type SpendingLimits = { tokens?: number | undefined; usd?: number | undefined };

export type Spent = { tokens: number; usd: number };

/** What workspaces may have of remote engines, over all processes. */
export type Spending = {
  /** Sets aside what a call may cost at most; null when that is more than is left of the day. */
  reserve(workspaceId: string, most: Spent): Promise<Reservation | null>;
};

export type Reservation = { /** What it did cost; the rest is given back. */ settle(spent: Spent): Promise<void> };

/** What the settings allow; undefined where they set no limit. */
export const spendingOf = (config: Config, { orm, clock }: { orm: Orm; clock: Clock }): Spending | undefined => {
  const limits = { tokens: config.ENGINE_BUDGET_TOKENS_PER_DAY, usd: config.ENGINE_BUDGET_USD_PER_DAY };
  return limits.tokens === undefined && limits.usd === undefined ? undefined : createSpending({ orm, clock, limits });
};

/**
 * Kept in the database: one statement looks and sets aside, so that of two workers with room for one call one gets it. What a process that died
 * had set aside stays spent until the day is over.
 */
export const createSpending = ({ orm, clock, limits }: { orm: Orm; clock: Clock; limits: SpendingLimits }): Spending => {
  const execute = <Row>(statement: string, values: unknown[]): Promise<Row[]> =>
    orm.em.fork().getConnection().execute<Row[]>(statement, values);
  return {
    async reserve(workspaceId, most) {
      const day = clock.now().toISOString().slice(0, 10);
      const [tokens, usd] = [limits.tokens ?? null, limits.usd ?? null];
      const [reserved] = await execute(reserve, [workspaceId, day, most.tokens, most.usd, most.tokens, tokens, most.usd, usd, tokens, usd]);
      if (!reserved) {
        await execute(refuse, [workspaceId, day]);
        return null;
      }
      return {
        async settle(spent) {
          await execute(settle, [spent.tokens - most.tokens, spent.usd - most.usd, workspaceId, day]);
        },
      };
    },
  };
};

const noLimit = `'infinity'::float8`;

const reserve = `insert into engine_spend as spend (workspace_id, day, tokens, usd, refused)
  select ?, ?::date, ?::bigint, ?::float8, 0 where ?::float8 <= coalesce(?::float8, ${noLimit}) and ?::float8 <= coalesce(?::float8, ${noLimit})
  on conflict (workspace_id, day) do update set tokens = spend.tokens + excluded.tokens, usd = spend.usd + excluded.usd
    where spend.tokens + excluded.tokens <= coalesce(?::float8, ${noLimit}) and spend.usd + excluded.usd <= coalesce(?::float8, ${noLimit})
  returning 1`;

const refuse = `insert into engine_spend as spend (workspace_id, day, tokens, usd, refused) values (?, ?::date, 0, 0, 1)
  on conflict (workspace_id, day) do update set refused = spend.refused + 1`;

const settle = `update engine_spend set tokens = greatest(0, tokens + ?::bigint), usd = greatest(0, usd + ?::float8)
  where workspace_id = ? and day = ?::date`;
