import { setTimeout as sleep } from 'node:timers/promises';
import { databaseSentence } from '#db/database-sentence.ts';
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { createOrm, type Orm } from '#db/orm.ts';
import type { Config } from './config.ts';
import { isDatabaseRestarting } from './core/database-away.ts';
import { type AppError, isAppError } from './core/errors.ts';
import { orAborted } from './core/or-aborted.ts';

export type Database = {
  orm: Orm;
  url: string;
  kind: 'embedded' | 'shared' | 'yours';
  migrated: string[] /** See EmbeddedPostgres; never where it is yours. */;
  lost: Promise<AppError>;
  /**
   * What a start asks of it once it was there: asked again for half a minute while the database is being restarted, until the start's signal aborts.
   * Throws what it says as a sentence.
   */
  whenBack<Result>(work: () => Promise<Result>): Promise<Result>;
};

/**
 * The database of the settings, migrated: DATABASE_URL, or the embedded one in DATA_DIR. Everything that must be closed goes on `stack`;
 * an abort of the signal is not waited for, however far away the database is. `embedded` is one that is being started already.
 */
export const openDatabase = async (
  config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR' | 'DB_POOL'>,
  stack: AsyncDisposableStack,
  {
    share,
    signal,
    process,
    log,
    embedded: begun,
    patienceMs = 0,
  }: Omit<EmbeddedOptions, 'onBusy'> & {
    process?: string;
    embedded?: Promise<EmbeddedPostgres> | undefined;
    /** How long it waits for one that is being restarted, before it was there. */
    patienceMs?: number;
  } = {},
): Promise<Database> => {
  const embedded = config.DATABASE_URL ? undefined : await (begun ?? startEmbeddedPostgres(config.DATA_DIR, { share, signal, log }));
  if (embedded) stack.defer(() => embedded.stop());
  const url = config.DATABASE_URL ?? (embedded?.url as string);
  try {
    const orm = await createOrm(url, { pool: config.DB_POOL, process });
    stack.defer(() => orm.close());
    const migrated = whenBack(() => migrate(orm, url, { signal }), { url, patienceMs, signal, log });
    return {
      orm,
      url,
      kind: embedded ? (embedded.shared ? 'shared' : 'embedded') : 'yours',
      lost: embedded?.lost ?? new Promise(() => {}),
      migrated: await orAborted(migrated, signal),
      whenBack: (work) => whenBack(work, { url, patienceMs: RESTART_MS, signal, log }),
    };
  } catch (error) {
    throw inWords(error, url);
  }
};

const AGAIN_MS = 500;
/** How long a restart may take. */
export const RESTART_MS = 30_000;

type Patience = Pick<EmbeddedOptions, 'signal' | 'log'> & { url: string; patienceMs: number };

const whenBack = async <Result>(work: () => Promise<Result>, { url, patienceMs, signal, log }: Patience): Promise<Result> => {
  const begun = performance.now();
  for (let told = false; ; told = true) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() - begun > patienceMs || signal?.aborted || !isDatabaseRestarting(error)) throw inWords(error, url);
      if (!told) log?.warn({ seconds: patienceMs / 1000, why: String(databaseSentence(error, url)?.message) }, 'waiting for the database');
    }
    await sleep(AGAIN_MS, undefined, signal ? { signal } : {});
  }
};

/** What the database or the way to it says, as a sentence; anything else as it is. */
export const inWords = (error: unknown, url: string): unknown => (isAppError(error) ? error : (databaseSentence(error, url) ?? error));
