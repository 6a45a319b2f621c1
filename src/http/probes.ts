import { pendingMigrations } from '#db/migrate.ts';
import type { Orm } from '#db/orm.ts';
import { answerJson } from './answer.ts';
import type { Route } from './server.ts';

/** `/healthz`: the process lives. */
export const healthz: Route = { path: '/healthz', handle: (_request, response) => answerJson(response, 200, { status: 'ok' }) };

/** `/readyz`: this process can do its work now: database, migrations, queue. 503 with the reason otherwise. A bot alone has none of them. */
export const readyz = (orm: Orm | null): Route => ({
  path: '/readyz',
  async handle(_request, response) {
    if (!orm) return answerJson(response, 200, { status: 'ready' });
    const checks = {
      database: await check(() => ask(orm, 'select 1')),
      migrations: await check(() => migrated(orm)),
      queue: await check(() => ask(orm, 'select 1 from graphile_worker.jobs limit 1')),
    };
    const ready = Object.values(checks).every((answer) => answer === 'ok');
    answerJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', ...checks });
  },
});

const ask = async (orm: Orm, query: string): Promise<void> => {
  await orm.em.getConnection().execute(query);
};

const migrated = async (orm: Orm): Promise<void> => {
  const pending = await pendingMigrations(orm);
  if (pending.length > 0) throw new Error(`${pending.length} to run; npm run migrate`);
};

const check = async (probe: () => Promise<void>): Promise<string> => {
  try {
    await probe();
    return 'ok';
  } catch (error) {
    // An address or a password may be in a driver's message; our own sentences are short and safe.
    return error instanceof Error && /^\d+ to run/.test(error.message) ? error.message : 'not reachable';
  }
};
