import { chmod, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { makeReadyMade } from '#db/make-ready-made.ts';
import { migrationsList } from '#db/migrations/index.ts';
import { makeRoomyFolder } from '#tests/support/roomy-folder.ts';

let home: string;
let readyMade: string;
beforeAll(async () => {
  home = await newFolder();
  readyMade = join(home, 'now');
  await makeReadyMade(readyMade, home);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const newFolder = async (): Promise<string> => {
  const folder = await makeRoomyFolder('aiops-ready-made-');
  await chmod(folder, 0o755);
  return folder;
};

/** What a first start with this cluster at hand finds in its database, and who may come in. */
const firstStart = async () => {
  const data = await newFolder();
  const server = await startEmbeddedPostgres(data, { readyMade });
  try {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query<{ migrated: boolean; system: string }>(
      `select to_regclass('migration') is not null as migrated, (select system_identifier::text from pg_control_system()) as system`,
    );
    const names = rows[0]?.migrated ? (await client.query<{ name: string }>('select name from migration order by name')).rows : [];
    await client.end();
    return {
      ...rows[0],
      names: names.map(({ name }) => name),
      password: await readFile(join(data, 'postgres-password'), 'utf8'),
      url: server.url,
    };
  } finally {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
};

const mayEnter = async (url: string, password: string): Promise<boolean> => {
  const changed = new URL(url);
  changed.password = password;
  const client = new pg.Client({ connectionString: changed.href });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
};

test('first starts copy the database made at installation, with all migrations', async () => {
  const { system, names } = await firstStart();
  expect(names).toEqual(migrationsList.map(({ name }) => name));
  expect((await firstStart()).system).toBe(system);
});

test('each copy has a password of its own, and no other opens it', async () => {
  const { password: other } = await firstStart();
  const data = await newFolder();
  const server = await startEmbeddedPostgres(data, { readyMade });
  try {
    const own = await readFile(join(data, 'postgres-password'), 'utf8');
    expect(own).not.toBe(other);
    expect([await mayEnter(server.url, own), await mayEnter(server.url, other), await mayEnter(server.url, '')]).toEqual([
      true,
      false,
      false,
    ]);
  } finally {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  }
});

test('it is made once for what is installed, and takes the place of what was made for earlier installations', async () => {
  const later = join(home, 'later');
  const { ino } = await stat(readyMade);
  await makeReadyMade(readyMade, home);
  expect((await stat(readyMade)).ino).toBe(ino);
  await makeReadyMade(later, home);
  expect(await readdir(home)).toEqual(['later']);
  readyMade = later;
});

test('a copy that does not work is not used: the database is made anew', async () => {
  await truncate(join(readyMade, 'global/pg_control'), 100);
  const { migrated } = await firstStart();
  expect(migrated).toBe(false);
});
