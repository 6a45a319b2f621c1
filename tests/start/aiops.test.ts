import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#tests/house/source-files.ts';
import { startProcess } from '#tests/support/start-process.ts';

const aiops = async (args: string[], env: Record<string, string> = {}) => {
  const { ended, out, err } = startProcess('bin/aiops.js', args, { DATA_DIR: join(tmpdir(), 'aiops-nowhere'), ...env });
  return { code: await ended, out: out(), err: err() };
};

test('aiops says what it can do, and has a command for every script that people run', async () => {
  const { code, out } = await aiops([]);
  expect(code).toBe(0);
  const { scripts, bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  expect(bin).toEqual({ aiops: 'bin/aiops.js' });
  const forPeople = Object.entries<string>(scripts).filter(
    ([name, script]) => script.includes('compile-cache.js src/') && name !== 'postinstall',
  );
  expect([...out.matchAll(/^ {2}([\w-]+) /gm)].map(([, name]) => name).sort()).toEqual(
    forPeople.map(([name]) => name.replace(':', '-')).sort(),
  );
});

test('aiops doctor looks, aiops start takes parts, and what is no command is answered in words', async () => {
  const [doctor, start, unknown] = await Promise.all([aiops(['doctor', '--json']), aiops(['start', 'everything']), aiops(['dance'])]);
  expect([doctor.code, JSON.parse(doctor.out)[0]]).toEqual([0, expect.objectContaining({ about: 'Settings', state: 'ok' })]);
  expect([start.code, start.err]).toEqual([1, expect.stringContaining('"everything" is not something to start.')]);
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringMatching(/"dance" is not a command\.\nUsage: npx aiops COMMAND/)]);
});
