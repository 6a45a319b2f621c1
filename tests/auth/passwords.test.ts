import { expect, test } from 'vitest';
import { createPasswords } from '#src/auth/passwords.ts';

const passwords = createPasswords(4);

test('a password is kept as a bcrypt hash of the configured cost', async () => {
  const hash = await passwords.hash('twelve chars');
  expect(hash).toMatch(/^\$2b\$04\$/);
  expect(await passwords.matches('twelve chars', hash)).toBe(true);
  expect(await passwords.matches('twelve charz', hash)).toBe(false);
  expect(passwords.isOutdated(hash)).toBe(false);
  expect(createPasswords(5).isOutdated(hash)).toBe(true);
});

test('a short password is refused in words', async () => {
  await expect(passwords.hash('eleven char')).rejects.toThrow('12 characters');
});

test('what bcrypt would ignore is refused, not cut off', async () => {
  await expect(passwords.hash('x'.repeat(73))).rejects.toThrow('72 bytes');
  await expect(passwords.hash('ü'.repeat(37))).rejects.toThrow('72 bytes');
  const longest = await passwords.hash('x'.repeat(72));
  expect(await passwords.matches('x'.repeat(73), longest)).toBe(false);
  await expect(passwords.hash('twelve chars\0')).rejects.toThrow('NUL');
});

test('an unknown e-mail takes as long as a known one', async () => {
  const slow = createPasswords(10);
  const hash = await slow.hash('twelve chars');
  const known = await timed(() => slow.matches('another one!', hash));
  const unknown = await timed(() => slow.matches('another one!', null));
  expect(unknown).toBeGreaterThan(known / 3);
});

test('letters composed in two ways are the same password', async () => {
  const hash = await passwords.hash('caf\u00e9 caf\u00e9 caf\u00e9');
  expect(await passwords.matches('cafe\u0301 cafe\u0301 cafe\u0301', hash)).toBe(true);
});

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
