import { describe, expect, it } from 'vitest';
import { type Audience, type Change, checkWording, composeChangelog, writeHeadline } from '#src/changelog/changes/index.ts';
import { compose } from './compose.ts';
import { makeChange } from './make-change.ts';

const tell = (change: Partial<Change> & { title: string }, audience: Audience = 'customers') =>
  composeChangelog([makeChange(change)], { audience, leakList: [] });

describe('what customers read', () => {
  it('customers do not hear of people and deployments', () => {
    const changes = [
      makeChange({ title: 'Ana leads the support team', kind: 'people' }),
      makeChange({ title: 'Refunds take two days', kind: 'note', labels: ['customers'] }),
      makeChange({ title: 'Maria Silva leaves the company', kind: 'note' }),
      makeChange({ title: 'Sick leave is told by noon', kind: 'policy' }),
      makeChange({ title: 'The salary slip of March cannot be opened', kind: 'ticket', refs: ['T-18'] }),
    ];
    expect(compose(changes, [], 'customers').entries.map(({ text }) => text)).toEqual(['Refunds take two days']);
  });

  it.each([
    'feat: memoize useOrders to avoid re-renders',
    'fix: NPE in OrderSvc.merge() when qty==null',
    'fix(k8s): OOMKilled pods in mail-worker',
    'feat: Redis-backed sessions',
    'fix: N+1 query on invoices',
    'feat: gRPC health checks',
    'feat: Kafka consumer lag metric',
    'feat: env var ORDER_URL for the sandbox',
    'Add logging',
    'Add migration for orders',
  ])('is not how it is made: %s', (title) => {
    expect(tell({ title })).toMatchObject({ entries: [], omitted: [{ reason: 'internal' }] });
    expect(tell({ title }, 'engineers').entries).toHaveLength(1);
  });

  it.each([
    ['perf: invoices load 3x faster', 'Invoices load 3x faster'],
    ['feat: import from iCloud and iCal', 'Import from iCloud and iCal'],
    ['feat: support Kubernetes 1.30', 'Support Kubernetes 1.30'],
    ['feat: webhooks for `order_id`', 'Webhooks for order_id'],
    ['feat(api): add ETag to GET /orders', 'Add ETag to GET /orders'],
    ['feat: dark mode on macOS', 'Dark mode on macOS'],
    ['feat: metric units', 'Metric units'],
    ['Add migration from Trello', 'Add migration from Trello'],
    ['feat: filter by queue', 'Filter by queue'],
    ['Les factures sont envoyées par courriel', 'Les factures sont envoyées par courriel'],
    ['fix: carts are lost, that took down prod on Tuesday', 'Carts are lost'],
    ['fix: login broken since 3f2a9c1', 'Login broken'],
    ['feat: help page at http://wiki.corp.internal/orders', 'Help page at an internal address'],
    ['fix: mails are sent from 10.1.2.3', 'Mails are sent from an internal address'],
  ])('is what they use, without the talk of the house: %s', (title, text) => {
    expect(tell({ title }).entries).toMatchObject([{ text }]);
  });

  it('is what a label says is for them, what breaks them and what closes a hole, however technical', () => {
    expect(tell({ title: 'feat: Redis-backed sessions', labels: ['customers'] }).entries).toHaveLength(1);
    expect(tell({ title: 'feat!: Redis-backed sessions' }).entries).toMatchObject([{ breaking: true }]);
    expect(tell({ title: 'fix: SQL injection in OrderSvc.merge()' }).entries).toMatchObject([{ section: 'Security' }]);
  });

  it('is in the version all the same', () => {
    expect(tell({ title: 'feat: gRPC health checks' }).semver.bump).toBe('minor');
  });

  it('holds no host of the house in an engine’s words either', () => {
    const change = makeChange({ title: 'feat: help page at wiki.corp.internal' });
    const check = (audience: Audience) => checkWording('Help page at wiki.corp.internal', [change], { leakList: [], audience });
    expect(check('customers')).toMatchObject([{ kind: 'leak' }]);
    expect(check('engineers')).toEqual([]);
  });
});

describe('what the company reads', () => {
  it('a company hears of people, platform and operations, in plain words', () => {
    const changes = [
      makeChange({ title: 'feat(cart): add `applyVoucher()` in src/cart/voucher.ts', kind: 'commit' }),
      makeChange({ title: 'Ana leads the support team', kind: 'people' }),
      makeChange({ title: 'New holiday policy', kind: 'policy' }),
      makeChange({ title: 'Checkout 2.4 deployed', kind: 'deploy' }),
      makeChange({ title: 'Orders database moved to Frankfurt', kind: 'database' }),
    ];
    const { entries } = compose(changes, [], 'company');
    expect(entries.map(({ section }) => section)).toEqual(['Product', 'Platform', 'People & Policy', 'People & Policy', 'Operations']);
    expect(entries[0]?.text).toBe('Add applyVoucher');
    expect(writeHeadline({ entries, omitted: [] }, 'company')).toBe(
      '1 product change, 1 platform change, 2 changes for people and policy, 1 operations change',
    );
  });

  it.each([
    ['fix: crash on save', 'Fix: Crash on save'],
    ['fix: login loops', 'Fix: Login loops'],
    ['fix: prevent double orders', 'Prevent double orders'],
    ['fix: exports no longer stop at midnight', 'Exports no longer stop at midnight'],
    ['Fix crash on save', 'Fix crash on save'],
  ])('for a company, where no heading says so, what was mended says it: %s', (title, text) => {
    expect(compose([makeChange({ title })], [], 'company').entries).toMatchObject([{ text }]);
  });

  it('of a flag that is switched names it', () => {
    const text = 'new-checkout: off → on (production)';
    expect(tell({ title: text, kind: 'flag', source: 'slack', system: 'new-checkout' }, 'company').entries).toMatchObject([
      { text: expect.stringContaining('ew-checkout: off → on') },
    ]);
  });

  it.each([
    ['Marta is the new CFO', 'People & Policy'],
    ['Ben moved to the Berlin team', 'People & Policy'],
    ['Lunch is free on Wednesdays', 'People & Policy'],
    ['We now use Personio for time off', 'People & Policy'],
    ['Welcome Ana and Tom', 'People & Policy'],
    ['We now use another tool for calls', 'Operations'],
    ['The VPN has a new address', 'Operations'],
    ['Parking is behind the building', 'Operations'],
    ['The coffee machine is repaired', 'Operations'],
    ['Redis is at version 7 now', 'Platform'],
    ['Customers can pay in three parts', 'Product'],
    ['New price plan from May', 'Product'],
  ])('of a note "%s" under %s', (title, section) => {
    expect(tell({ title, kind: 'note', source: 'slack' }, 'company').entries).toMatchObject([{ text: title, section }]);
  });

  it.each([
    ['perf: orders page loads 3x faster', 'Product', 'Orders page loads 3x faster'],
    ['feat: gRPC endpoint', 'Platform', 'gRPC endpoint'],
    ['feat: Kafka lag is shown', 'Platform', 'Kafka lag is shown'],
    ['feat: npm run export keeps the order', 'Product', 'npm run export keeps the order'],
    ['fix: login loop', 'Product', 'Fix: Login loop'],
  ])('of a change "%s" under %s', (title, section, text) => {
    expect(tell({ title }, 'company').entries).toMatchObject([{ section, text }]);
  });
});
