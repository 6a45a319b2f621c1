import type pg from 'pg';

type Column = { name: string; type: string; nullable: boolean };
type Table = { name: string; columns: Column[]; keys: string[][] };

/** What a version works with: as its entities describe exactly the tables of its time, every statement it has is made of these. */
export const tablesNow = async (client: pg.Client): Promise<Table[]> =>
  (
    await client.query<Table>(
      `select c.relname as name,
        (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'nullable', not a.attnotnull) order by a.attnum)
         from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
        (select coalesce(json_agg((select json_agg(a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum = any(i.indkey))), '[]')
         from pg_index i where i.indrelid = c.oid and i.indisunique and i.indpred is null) as keys
       from pg_class c where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace and c.relname <> 'migration' order by 1`,
    )
  ).rows;

const sampleOf = (type: string, text: string, number: number): string => {
  if (/^timestamp|^date/.test(type)) return `now() + ${number} * interval '1 day'`;
  if (type.endsWith('[]')) return `'{}'::${type}`;
  if (type.startsWith('json')) return `'{}'`;
  if (type === 'boolean') return 'false';
  if (type.startsWith('bit')) return `repeat('0', 256)::${type}`;
  return /^(text|bytea)$/.test(type) ? `'${text}'` : String(number);
};

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** A row in which all that is text says the same, so that what refers to another row finds it. */
const insertOf = ({ name, columns }: Table, text: string, number: number, bare = false): string =>
  `insert into "${name}" (${quoted(columns.map((column) => column.name))}) values (${columns
    .map(({ type, nullable }) => (bare && nullable ? 'null' : sampleOf(type, text, number)))
    .join(', ')})`;

// No statement ever named these two: the service looks first, and catches the violation of whoever is first to write.
const caught = new Set(['log.idempotency_key+workspace_id', 'ticket.idempotency_key+workspace_id']);

/**
 * As the ORM does it: every column is named when a row is written, changed or read, what may be missing is missing at times, and keys are what an
 * upsert meets. Each list is one piece of work.
 */
const workOn = (table: Table): string[][] => {
  const { name, columns, keys } = table;
  const insert = insertOf(table, 'x', 1);
  const set = columns.map((column) => `"${column.name}" = excluded."${column.name}"`).join(', ');
  const first = columns[0] as Column;
  const isOurs = `"${first.name}" = ${sampleOf(first.type, 'x', 1)}`;
  return [
    [
      insert,
      `update "${name}" set ${columns.map((column) => `"${column.name}" = ${sampleOf(column.type, 'x', 1)}`).join(', ')} where ${isOurs}`,
      `select ${quoted(columns.map((column) => column.name))} from "${name}" for update`,
      `delete from "${name}" where ${isOurs}`,
    ],
    [insertOf(table, 'x', 1, true)],
    ...keys
      .filter((key) => !caught.has(`${name}.${key.toSorted().join('+')}`))
      .map((key) => [`${insert} on conflict (${quoted(key)}) do update set ${set}`]),
  ];
};

// Foreign keys would ask for rows that mean something; what is looked at is what the statements name.
const WITHOUT_KEYS = 'set local session_replication_role = replica';

/** A version at work: each piece in a transaction of its own. Gives what failed. */
export const workAs = async (client: pg.Client, version: readonly Table[]): Promise<string[]> => {
  const failed: string[] = [];
  for (const statements of version.flatMap(workOn))
    await client.query(['begin', WITHOUT_KEYS, ...statements, 'rollback'].join(';\n')).catch(async (error: Error) => {
      failed.push(`${error.message}: ${statements.join(';\n')}`);
      await client.query('rollback');
    });
  return failed;
};

/** Rows of that version which stay: one that has everything, one that lacks what may be missing. */
export const leaveRows = async (client: pg.Client, version: readonly Table[], mark: string, number: number): Promise<void> => {
  const rows = version.flatMap((table) => [
    `${insertOf(table, mark, 2 * number)} on conflict do nothing`,
    `${insertOf(table, `${mark}-bare`, 2 * number + 1, true)} on conflict do nothing`,
  ]);
  await client.query(['begin', WITHOUT_KEYS, ...rows, 'commit'].join(';\n'));
};

/** One request of that version that takes long and comes to every table, the last by name first: migrations take theirs the other way round. */
export const beginLongRequest = async (client: pg.Client, version: readonly Table[]): Promise<{ goOn(): Promise<void> }> => {
  const touch = async ({ name, columns: [first] }: Table): Promise<void> =>
    void (await client.query(`update "${name}" set "${first?.name}" = "${first?.name}" where false`));
  const [last, ...rest] = version.toReversed() as [Table, ...Table[]];
  await client.query('begin');
  await touch(last);
  return {
    async goOn() {
      for (const table of rest) await touch(table);
    },
  };
};
