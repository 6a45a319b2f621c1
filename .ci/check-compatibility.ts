import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBreakingChanges } from './find-breaking-changes.ts';

// node .ci/check-compatibility.ts BASE: what changed since that commit must not break who uses the API, nor who migrated already.
const root = join(import.meta.dirname, '..');
const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
const atBase = (path: string): string | null => {
  try {
    return git('show', `${base}:${path}`);
  } catch {
    return null;
  }
};

const base = process.argv[2];
if (!base) throw new Error('Say against what: node .ci/check-compatibility.ts BASE');

const SCHEMA = 'graphql/generated/schema.graphql';
const problems: string[] = [];
const landed = git('ls-tree', '--name-only', base, 'db/migrations/')
  .split('\n')
  .filter((path) => /\/\d{4}-/.test(path));
const changed = git('diff', '--name-only', '--diff-filter=DMR', base, '--', ...landed)
  .split('\n')
  .filter(Boolean);
for (const path of changed) problems.push(`${path} has landed and is never edited; write a new migration.`);

const before = atBase(SCHEMA);
const now = readFileSync(join(root, SCHEMA), 'utf8');
const named = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').split(/^## /m)[1] ?? '';
for (const change of before ? findBreakingChanges(before, now) : [])
  if (!named.includes(change.subject))
    problems.push(`${change.description} It breaks clients: name \`${change.subject}\` in CHANGELOG.md, or leave it as it was.`);

for (const problem of problems) process.stderr.write(`${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;
