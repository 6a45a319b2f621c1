import { describe, expect, test } from 'vitest';
import { createSimilarIndex, rankLookAlikes } from '#src/tickets/classify/index.ts';
import { processorMs } from '#tests/support/processor-time.ts';
import { drawTickets } from './draw-tickets.ts';

const filled = () => {
  const index = createSimilarIndex();
  drawTickets(150, 9).forEach(({ text }, i) => void index.add(`t${i}`, text));
  index.add('pool', {
    title: 'Checkout returns 503',
    body: 'PoolExhaustedException in orders-db after release 2.14.0, timeout acquiring connection',
  });
  index.add('upgrade-1', { title: 'Upgrade jackson-databind to 2.9.10.2', body: 'There is a CVE, we should upgrade.' });
  return index;
};

describe('look-alikes', () => {
  test('a ticket told again in part is found first', () => {
    const [first] = filled().search(
      { title: '503 at checkout', body: 'seeing PoolExhaustedException: timeout acquiring connection from orders-db' },
      5,
    );
    expect(first?.id).toBe('pool');
  });

  test('the same text is called a duplicate, a ticket of the same kind is not', () => {
    const index = filled();
    const text = { title: 'Checkout returns 503', body: 'PoolExhaustedException in orders-db after release 2.14.0' };
    expect(index.search(text, 1)[0]).toMatchObject({ id: 'pool', likely: true });
    expect(index.search({ title: 'Search returns 500', body: 'NullPointerException in catalog-db' }, 5).some((one) => one.likely)).toBe(
      false,
    );
  });

  test('titles that differ only by a version are two tickets', () => {
    const [first] = filled().search({ title: 'Upgrade jackson-databind to 2.9.10.3', body: 'There is a CVE, we should upgrade.' }, 1);
    expect(first).toMatchObject({ id: 'upgrade-1', likely: false });
  });

  test('the same error or room told in other words is called a duplicate; another error, room or number is none', () => {
    const others = drawTickets(40, 5).map(({ text }, i) => ({ id: `t${i}`, text }));
    const likely = (one: string, other: string): boolean | undefined =>
      rankLookAlikes({ title: one, body: one }, [{ id: 'other', text: { title: other, body: other } }, ...others]).find(
        ({ id }) => id === 'other',
      )?.likely;
    expect(likely('Billing run ends with BUS_LOCK_HELD_BY_USER', 'the run of billing says BUS_LOCK_HELD_BY_USER and ends')).toBe(true);
    expect(likely('The projector in the Etna meeting room stays dark', 'projector dark in meeting room Etna')).toBe(true);
    expect(likely('Room Etna is much too cold', 'Room Vesuv is much too cold')).toBe(false);
    expect(likely('Billing run ends with BUS_LOCK_HELD_BY_USER', 'Billing run ends with BUS_DISK_FULL_NOW')).toBe(false);
    expect(likely('Gate 4 is jammed', 'Gate 5 is jammed')).toBe(false);
  });

  test('a ticket is not its own look-alike, and one taken out is not found', () => {
    const index = filled();
    const text = { title: 'Checkout returns 503', body: 'PoolExhaustedException in orders-db' };
    expect(index.search(text, 10, 'pool').map((one) => one.id)).not.toContain('pool');
    index.remove('pool');
    expect(index.search(text, 10).map((one) => one.id)).not.toContain('pool');
  });

  test('adding an id again replaces its text', () => {
    const index = createSimilarIndex();
    index.add('a', { body: 'printer jammed' });
    index.add('a', { body: 'vpn drops' });
    expect(index.size).toBe(1);
    expect(index.search({ body: 'printer jammed' }, 5)).toEqual([]);
  });

  test('of two that read the same, the one nearer in time comes first; how far apart they are says nothing of how alike they read', () => {
    const text = { title: 'Checkout returns 503', body: 'timeout acquiring connection' };
    const index = filled();
    index.add('last year', { ...text, at: new Date('2025-03-01') });
    index.add('this morning', { ...text, at: new Date('2026-03-01T08:00:00Z') });
    const [first, second] = index.search({ ...text, at: new Date('2026-03-01T12:00:00Z') }, 2);
    expect([first?.id, second?.id]).toEqual(['this morning', 'last year']);
    expect(first?.score).toBe(second?.score);
    expect(second?.likely).toBe(true);
  });

  test('candidates of another search are put in order', () => {
    const candidates = drawTickets(30, 4).map(({ text }, i) => ({ id: `c${i}`, text }));
    candidates.push({ id: 'match', text: { body: 'the badge reader in the garage is broken' } });
    const ranked = rankLookAlikes({ body: 'garage badge reader does not work' }, candidates);
    expect(ranked[0]?.id).toBe('match');
  });

  test.each([
    ['nothing', ''],
    ['emoji', '🔥'],
    ['a megabyte', 'vpn down x1 '.repeat(90_000)],
    ['names of object properties', 'constructor __proto__'],
  ])('%s can be added and searched', async (_, body) => {
    const index = filled();
    const spent = await processorMs(() => {
      index.add('odd', { title: body, body });
      for (const { score } of index.search({ title: body, body }, 5)) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }
    });
    expect(spent).toBeLessThan(4000);
  });
});
