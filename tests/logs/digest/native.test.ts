import { expect, test } from 'vitest';
import { sourceHash } from '#src/logs/digest/native/code.ts';
import { hashSources } from '#write-native.ts';

test('the compiled code is that of the sources beside it: npm run native', () => {
  expect(sourceHash).toBe(hashSources());
});
