import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { code, sourceHash } from '#src/logs/digest/native/code.ts';
import { compile, hashSources } from '#write-native.ts';

const asc = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'asc'))
  .find((program) => existsSync(program));

test('the compiled code is that of the sources beside it: npm run native', () => {
  expect(sourceHash).toBe(hashSources());
});

test.skipIf(!asc)('compiled again, the sources give the code that is kept', () => {
  expect(compile([asc as string]).toString('base64')).toBe(code);
});
