import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { entities } from '#db/entities/index.ts';
import { root } from './source-files.ts';

const text = readFileSync(resolve(root, 'docs/architecture.md'), 'utf8');
const tree = /^```\nsrc\/main\.ts[\s\S]*?^```/m.exec(text)?.[0] ?? '';

test('the tree of docs/architecture.md names every folder and every file that starts something', () => {
  const missing = roomsOf('').filter((path) => !named().has(path));
  expect(missing).toEqual([]);
});

test('the tree of docs/architecture.md names no folder and no file that is not there', () => {
  const there = new Set(roomsOf(''));
  expect([...named()].filter((path) => !path.includes('<') && !there.has(path))).toEqual([]);
});

test('the table of docs/architecture.md has every table of the database', () => {
  const rows = new Set([...text.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) => cell.replaceAll('`', '').split(', ')));
  expect(entities.map(({ meta }) => meta.tableName).filter((table) => !rows.has(table))).toEqual([]);
});

/** Folders two deep under src, one deep where a room has rooms, and the files of src. */
const roomsOf = (folder: string): string[] =>
  readdirSync(resolve(root, folder), { withFileTypes: true })
    .filter(({ name }) => !/^(\.|node_modules$|generated$)/.test(name))
    .flatMap((entry) => {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isDirectory()) return folder === 'src' ? [path] : [];
      const below = path.split('/').length < deep(path) ? roomsOf(path) : [];
      return path === 'src' ? below : [`${path}/`, ...below];
    });

const alike = ['graphql', 'bench', 'tests', 'docs'];
const deep = (path: string): number => {
  const [room = ''] = path.split('/');
  if (room === 'src') return 3;
  return alike.includes(room) ? 1 : 2;
};

// A line that is indented lies in the folder named last before it.
const named = (): Set<string> => {
  const found = new Set<string>();
  let under = '';
  for (const line of tree.split('\n').slice(1, -1)) {
    const [, indent = '', path = ''] = /^( {0,2})(\S+)/.exec(line) ?? [];
    if (path === '') continue;
    if (indent === '') under = path;
    const whole = indent === '' ? path : `${under}${path}`;
    if (indent === '' || path.endsWith('/')) found.add(whole);
  }
  return found;
};
