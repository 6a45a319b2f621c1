import { describe, expect, it } from 'vitest';
import { composeChangelog } from '#src/changelog/changes/index.ts';
import { compose } from './compose.ts';
import { makeChange } from './make-change.ts';

describe('the leak list', () => {
  it('what is on the leak list never shows', () => {
    const titled = makeChange({ title: 'feat: add export for Megacorp', body: 'Megacorp asked.' });
    const bare = makeChange({ title: 'fix: Megacorp crash' });
    const inside = makeChange({
      title: 'feat: add secret thing',
      paths: ['internal/billing/a.ts', 'internal/billing/b.ts', 'internal/c.ts'],
    });
    const loud = makeChange({ title: 'feat!: Megacorp login' });
    const { entries, omitted } = compose([titled, bare, inside, loud], ['megacorp', 'internal/**']);
    expect(JSON.stringify(entries.map(({ text, refs }) => [text, refs]))).not.toMatch(/megacorp|internal/i);
    expect(entries.find(({ changes }) => changes.includes(titled.id))?.text).toBe('Add export');
    expect(entries.find(({ changes }) => changes.includes(loud.id))?.text).toBe('Add a capability');
    const left = [bare, inside].map(({ id }) => ({ change: id, reason: 'private', of: null }));
    expect(omitted).toEqual(left.toSorted((a, b) => (a.change < b.change ? -1 : 1)));
  });

  it('a person’s words for what may not show by its own words are told', () => {
    const bare = makeChange({ title: 'fix: Megacorp crash' });
    const options = { audience: 'engineers' as const, leakList: ['megacorp'] };
    expect(composeChangelog([bare], { ...options, certain: [bare.id] }).entries).toHaveLength(1);
    expect(composeChangelog([bare], options).entries).toEqual([]);
  });
});
