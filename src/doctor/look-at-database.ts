import { readdir, statfs } from 'node:fs/promises';
import { pendingMigrations } from '#db/migrate.ts';
import type { Orm } from '#db/orm.ts';
import { queueDepth } from '#db/queue.ts';
import type { Database } from '#src/database.ts';
import { bad, type Finding, ok, warn } from './finding.ts';

const GIB = 1024 ** 3;
const SLOW_MS = 50;
const LATE_SECONDS = 60;
const NAMED = 10;
const READ_ONLY =
  'DATABASE_URL leads to a replica, or somebody (a provider whose disk is full, say) switched it: show default_transaction_read_only';

/** The database as it was found, before anything was migrated: reachable, how far away, up to date, room on the disk. */
export const lookAtDatabase = async (orm: Orm, kind: Database['kind']): Promise<Finding[]> => {
  // The first question opens the connection, too.
  await rows(orm, 'select 1');
  const begun = performance.now();
  const [row] = await rows<{ version: string; size: string; readOnly: string }>(
    orm,
    `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
       current_setting('transaction_read_only') as "readOnly"`,
  );
  const ms = performance.now() - begun;
  const where = kind === 'yours' ? 'at DATABASE_URL' : 'embedded';
  const reached = `PostgreSQL ${row?.version} ${where}, ${row?.size}, answers in ${ms.toFixed(0)} ms`;
  const pending = await pendingMigrations(orm);
  return [
    ...(row?.readOnly === 'on' ? [bad('Database', 'is read-only', READ_ONLY)] : []),
    ms > SLOW_MS
      ? warn('Database', reached, 'Every request asks it several times: put the server and its database into one region.')
      : ok('Database', reached),
    pending.length > 0
      ? bad('Migrations', `${pending.length} to run: ${pending.join(', ')}`, 'Run npm run migrate, or start the server, which does it.')
      : ok('Migrations', 'up to date'),
  ];
};

/** What waits, what is late, and whether somebody works on it. */
export const lookAtQueue = async (orm: Orm): Promise<Finding[]> => {
  const [tables] = await rows<{ there: boolean }>(orm, `select to_regclass('graphile_worker._private_jobs') is not null as there`);
  if (!tables?.there) return [bad('Queue', 'its tables are missing', 'Run npm run migrate.')];
  const jobs = await queueDepth(orm);
  const count = (...states: string[]): number =>
    jobs.filter(({ state }) => states.includes(state)).reduce((sum, job) => sum + job.count, 0);
  const [ready, running, gone] = [count('ready', 'behind'), count('running'), count('dead')];
  const oldest = Math.max(0, ...jobs.filter(({ state }) => state === 'ready').map(({ oldestSeconds }) => oldestSeconds ?? 0));
  const [workers] = await rows<{ count: number }>(
    orm,
    `select count(*)::int as count from pg_stat_activity where application_name = 'ai-ops-assistant alive' and datname = current_database()`,
  );
  const words = `${ready} waiting, ${running} running, ${workers?.count ?? 0} worker${workers?.count === 1 ? '' : 's'} alive${workers?.count === 0 ? ' (is the server running?)' : ''}`;
  const findings: Finding[] = [];
  if (ready > 0 && (workers?.count ?? 0) === 0)
    findings.push(bad('Queue', words, 'Nobody works on it: start a worker (npm start -- worker, or npm start for all parts).'));
  else if (oldest > LATE_SECONDS)
    findings.push(
      warn('Queue', `${words}; the oldest waits for ${Math.round(oldest)} s`, 'Start more workers, or raise WORKER_CONCURRENCY.'),
    );
  else findings.push(ok('Queue', words));
  if (gone > 0) {
    const dead = await rows<{ id: string; task: string; key: string | null }>(
      orm,
      `select id, task_identifier as task, key from graphile_worker.jobs where locked_at is null and attempts >= max_attempts order by id limit ${NAMED}`,
    );
    const names = dead.map(({ id, task, key }) => `${id} (${task}${key ? `, ${key}` : ''})`).join(', ');
    findings.push(
      warn(
        'Queue',
        `${gone} ${gone === 1 ? 'job was' : 'jobs were'} given up after crashes: ${names}${gone > NAMED ? ', …' : ''}`,
        `To let them run again: select graphile_worker.reschedule_jobs(array[${dead.map(({ id }) => id).join(', ')}], attempts => 0); see JobsDead in docs/runbook.md.`,
      ),
    );
  }
  return findings;
};

/** Room for the embedded database. */
export const lookAtDisk = async (folder: string): Promise<Finding[]> => {
  if (!(await readdir(folder).catch(() => null))) return [];
  const { bavail, bsize } = await statfs(folder);
  const free = (bavail * bsize) / GIB;
  const words = `${free.toFixed(1)} GiB free for ${folder}`;
  return [free < 2 ? warn('Disk', words, 'PostgreSQL stops when the disk is full: make room, or move DATA_DIR.') : ok('Disk', words)];
};

const rows = async <Row>(orm: Orm, query: string): Promise<Row[]> => (await orm.em.fork().getConnection().execute(query)) as Row[];
