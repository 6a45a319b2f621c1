import { expect, test } from 'vitest';
import { createUploadSlots } from '#src/logs/upload-slots.ts';

const open = () => Promise.withResolvers<void>();

test('a further large log waits for its turn, and the turn is handed on also by one that failed', async () => {
  const slots = createUploadSlots(1);
  const first = open();
  const order: string[] = [];
  const running = slots.hold(async () => {
    await first.promise;
    throw new Error('cut off');
  });
  const second = slots.hold(async () => order.push('second'));
  const third = slots.hold(async () => order.push('third'));
  expect(order).toEqual([]);
  first.resolve();
  await expect(running).rejects.toThrow('cut off');
  await Promise.all([second, third]);
  expect(order).toEqual(['second', 'third']);
});

test('one whose turn does not come is told to come again, and takes nobody else’s', async () => {
  const slots = createUploadSlots(1, 20);
  const first = open();
  const running = slots.hold(() => first.promise);
  await expect(slots.hold(async () => {})).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 60_000 });
  first.resolve();
  await running;
  await expect(slots.hold(async () => 'in')).resolves.toBe('in');
});
