import { dirname, matchesGlob, posix, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Import, readImports } from './read-imports.ts';
import { type Room, rooms } from './rooms.ts';
import { readSourceFiles, root, type SourceFile } from './source-files.ts';

describe('the import law', () => {
  test('every file is in a room and imports only what its room may', async () => {
    const broken = (await readSourceFiles()).flatMap(breaches);
    expect(broken.join('\n')).toBe('');
  });

  test.each([
    ['src/core/ids.ts', `import { addJob } from '#db/queue.ts';`, 'src/core imports nothing of ours'],
    ['src/core/ids.ts', `import type { Log } from '#db/entities/log.ts';`, 'src/core imports nothing of ours'],
    ['src/logs/service.ts', `import { triage } from '#src/tickets/triage-task.ts';`, 'of another module only its service.ts'],
    ['src/logs/digest/rank.ts', `import { createHash } from 'node:crypto';`, 'is pure'],
    ['src/logs/digest/rank.ts', `import { z } from 'zod';`, 'is pure'],
    ['src/logs/digest/rank.ts', `import { unpack } from '../intake/unpack.ts';`, 'is pure'],
    ['src/engine/openai.ts', `import { submitLog } from '#src/logs/service.ts';`, 'src/engine imports core, db'],
    ['src/jobs/task-list.ts', `export * from '#src/logs/jobs.ts';`, 'src/jobs imports core, db'],
    ['graphql/logs/resolvers.ts', `import { Log } from '#db/entities/log.ts';`, 'only types'],
    ['graphql/logs/resolvers.ts', `import { type LogResult } from '#db/entities/log-result.ts';`, 'only types'],
    ['graphql/server.ts', `import { createOrm } from '#db/orm.ts';`, 'graphql imports core, auth'],
    ['bot/app.ts', `import { addJob } from '#db/queue.ts';`, 'bot is a client'],
    ['bot/app.ts', `const { yoga } = await import('#graphql/server.ts');`, 'bot is a client'],
    ['db/queue.ts', `import { digest } from '#src/logs/digest/digest.ts';`, 'of the modules only types'],
    ['src/logs/jobs.ts', `import { createMetrics } from '#monitoring/metrics.ts';`, 'src/logs imports core'],
    ['monitoring/observe.ts', `import { defineJob } from '#src/jobs/define-job.ts';`, 'monitoring imports core'],
    ['src/logs/service.ts', `import { Log } from '../../db/entities/log.ts';`, 'starts with #'],
    ['src/new-drawer/helpers.ts', `import { a } from './a.ts';`, 'is in no room'],
    ['src/logs/digest-log.ts', `new Worker(new URL(${"'../../bench/main.ts'"}, import.meta.url));`, 'src/logs imports core'],
  ])('%s may not say %s', (path, source, sentence) => {
    expect(breaches({ path, source }).join('\n')).toContain(sentence);
  });

  test.each([
    [
      'src/logs/service.ts',
      `import { addJob } from '#db/queue.ts';\nimport { triage } from '#src/tickets/service.ts';\nimport { mine } from './digest/miner.ts';`,
    ],
    [
      'graphql/logs/resolvers.ts',
      `import type { Log } from '#db/entities/log.ts';\nimport { createLogService } from '#src/logs/service.ts';`,
    ],
    ['db/entities/log-result.ts', `import type {\n  Digest,\n} from '#src/logs/digest/types.ts';`],
    ['src/runtime.ts', `import { createMetrics } from '#monitoring/metrics.ts';\nimport { createOrm } from '#db/orm.ts';`],
    ['bot/app.ts', `import bolt from '@slack/bolt';\nimport type { Config } from '#src/config.ts';`],
    ['src/config.ts', `import { AppError } from './core/errors.ts';`],
  ])('%s may say %s', (path, source) => {
    expect(breaches({ path, source })).toEqual([]);
  });

  test("the linter's rules say the same (vitest run tests/house -u rewrites them)", async () => {
    const overrides = rooms.filter(isRestricted).toReversed().map(toLintOverride);
    await expect(`${JSON.stringify({ root: false, overrides }, null, 2)}\n`).toMatchFileSnapshot(resolve(root, 'biome.import-law.json'));
  });
});

test('nobody reads process.env but src/config.ts', async () => {
  const readers = (await readSourceFiles())
    .filter(({ path }) => !path.startsWith('tests/') && path !== 'src/config.ts')
    .filter(({ source }) => /\bprocess\s*\??\.\s*env\b|process\[|import\.meta\.env\b|\benv\b[^'"\n]*from\s+'(node:)?process'/.test(source));
  expect(
    readers.map(({ path }) => `${path} reads process.env: take the setting from the config it is given, or add one to src/config.ts`),
  ).toEqual([]);
});

test('pure folders know no clock, no chance and no environment', async () => {
  const tainted = (await readSourceFiles())
    .filter(({ path }) => roomOf(path)?.pure)
    .filter(({ source }) => /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.|\bprocess\.|\bcrypto\.|\bfetch\(/.test(source));
  expect(tainted.map(({ path }) => `${path} asks for the time, for chance or for the world: let the caller pass it in`)).toEqual([]);
});

test('only db/orm.ts makes query builders: the ORM’s own see every workspace (law 11)', async () => {
  const open = (await readSourceFiles()).filter(
    ({ path, source }) => /^(?:src|graphql)\//.test(path) && source.includes('createQueryBuilder'),
  );
  expect(open.map(({ path }) => `${path} makes a query builder: use queryRows`)).toEqual([]);
});

const breaches = ({ path, source }: SourceFile): string[] => {
  const room = roomOf(path);
  if (!room) return [`${path} is in no room: move it, or add its room to tests/house/rooms.ts`];
  return readImports(source).flatMap((found) => breach(path, room, found) ?? []);
};

const breach = (path: string, room: Room, { specifier, typeOnly, line }: Import): string | undefined => {
  const target = toPath(path, specifier);
  const say = (law: string): string => `${path}:${line} imports ${specifier}, but ${law}`;
  if (target === undefined) return room.pure ? say(room.law) : undefined;
  if (!isAllowed(room, target, typeOnly)) return say(room.law);
  if (specifier.startsWith('../')) return say('a cross-folder import starts with #');
  return undefined;
};

const isAllowed = (room: Room, target: string, typeOnly: boolean): boolean => {
  if (room.may === 'everything' || roomOf(target) === room) return true;
  if (room.may.some((glob) => matchesGlob(target, glob))) return true;
  return typeOnly && (room.mayNameTypesOf ?? []).some((glob) => matchesGlob(target, glob));
};

const roomOf = (path: string): Room | undefined => rooms.find(({ files }) => files.some((glob) => matchesGlob(path, glob)));

// Undefined for packages and node: modules.
const toPath = (path: string, specifier: string): string | undefined => {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? posix.normalize(posix.join(dirname(path), specifier)) : undefined;
};

const isRestricted = ({ may }: Room): boolean => may !== 'everything';

// The linter cannot tell `import type` apart: it lets through what a room may name, and the first test above looks at the rest.
const toLintOverride = (room: Room) => {
  const own = room.pure
    ? ['./**', ...room.files.map((glob) => `#${glob}`)]
    : [...room.files, ...(room.may as string[]), ...(room.mayNameTypesOf ?? [])].flatMap(expandBraces).map((glob) => `#${glob}`);
  const group = [...(room.pure ? ['**'] : ['#*', '#*/**']), ...own.map((glob) => `!${glob}`)];
  const patterns = [
    { group: ['../**'], message: 'A cross-folder import starts with #.' },
    { group, message: `${room.law}.` },
  ];
  return { includes: room.files, linter: { rules: { style: { noRestrictedImports: { level: 'error', options: { patterns } } } } } };
};

// Gitignore patterns know no braces.
const expandBraces = (glob: string): string[] => {
  const [whole, words] = glob.match(/\{([^}]+)\}/) ?? [];
  return whole === undefined || words === undefined ? [glob] : words.split(',').map((word) => glob.replace(whole, word));
};
