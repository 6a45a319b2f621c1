import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate } from '#db/migrate.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const execute = <Row>(statement: string, values: unknown[] = []): Promise<Row[]> =>
  database.orm.em.fork().getConnection().execute<Row[]>(statement, values);

test('law 4: secrets in titles and sources of logs that came before they were masked are masked, and nothing else changes', async () => {
  await execute(`insert into workspace (id, name, created_at) values ('ws_1', 'One', now())`);
  await execute(
    `insert into log (id, workspace_id, title, source, entry, status, progress, created_by, created_at)
     select 'log_' || lpad(i::text, 6, '0'), 'ws_1', case when i = 2500 then 'dump password=hunter2x.log' else 'api.log' end,
       case when i = 4100 then 'postgres://app:hunter2x@db/orders' when i % 2 = 0 then 'api-1' end, 'API', 'SUCCEEDED', 1, 'usr_1', now()
     from generate_series(1, 4200) i`,
  );
  await execute(
    `insert into source_memory (workspace_id, source, logs, hours, unlisted, last_seen)
     select 'ws_1', source, 1, 1, 'NONE', now() from (values ('api-1'), ('postgres://app:hunter2x@db/orders')) as known (source)`,
  );
  await execute(`delete from migration where name = '0040-masked-names'`);
  expect(await migrate(database.orm, database.url)).toEqual(['0040-masked-names']);
  const changed = await execute<{ id: string; title: string; source: string | null }>(
    `select id, title, source from log where title <> 'api.log' or source not in ('api-1') order by id`,
  );
  expect(changed).toEqual([
    { id: 'log_002500', title: 'dump password=[masked: secret]', source: 'api-1' },
    { id: 'log_004100', title: 'api.log', source: 'postgres://app:[masked: password]@db/orders' },
  ]);
  expect(await execute(`select 1 from log where title = 'api.log'`)).toHaveLength(4_199);
  expect(await execute('select source from source_memory')).toEqual([{ source: 'api-1' }]);
});
