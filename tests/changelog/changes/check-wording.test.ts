import { describe, expect, it } from 'vitest';
import { checkWording, createLeakGuard } from '#src/changelog/changes/index.ts';
import { processorMs } from '#tests/support/processor-time.ts';
import { compose } from './compose.ts';
import { makeChange } from './make-change.ts';

describe('checking a wording', () => {
  const change = makeChange({
    title: 'feat: add totals to invoices (#12)',
    body: 'Up to 40 % faster with `sumAll`. Thanks to Frankfurt. See https://example.com/notes/13.',
    url: 'https://github.com/acme/shop/pull/12',
    refs: ['T-42'],
  });
  const problems = (text: string, leakList: string[] = []) => checkWording(text, [change], { leakList }).map(({ kind }) => kind);

  it('what the change holds may be said', () => {
    expect(problems('Invoices show totals, up to 40 % faster, through `sumAll` (#12, T-42)')).toEqual([]);
  });

  it.each([
    ['a number', 'Invoices show totals 50 % faster', ['number']],
    ['a reference', 'Invoices show totals (#13)', ['reference']],
    ['a version', 'Invoices show totals since 2.1.0', ['number']],
    ['a link', 'Invoices show totals, see https://evil.example/x', ['link']],
    ['the beginning of a link', 'Invoices show totals, see https://github.com/acme/shop/pull/1', ['link']],
    ['a number of a request', 'Invoices show totals 12 times faster', ['number']],
    ['a number of an address', 'Invoices show totals in 13 ways', ['number']],
    ['a number in words', 'Invoices show totals of two hundred rows', ['number', 'number']],
    ['a half', 'Invoices with totals halve the price', ['number']],
    ['a number in other digits', 'Invoices show totals since ٣٫٢', ['number', 'number']],
    ['code', 'Invoices show totals with `addAll`', ['name', 'name']],
    ['a name', 'Invoices show totals in Kubernetes', ['name']],
    ['the opposite', 'Invoices cannot show totals', ['claim']],
    ['another opposite', 'Totals of invoices are broken', ['claim']],
    ['a name in small letters', 'Invoices show totals in postgresql', ['name']],
    ['a mention', 'Invoices show totals <!channel>', ['mention']],
    ['no text', ' ', ['shape']],
    ['two lines', 'Invoices show\ntotals', ['shape']],
  ])('%s it does not hold may not: %s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it.each([
    ['three sentences', 'Exports work again. All is well. Contact your admin!', 'Fixed', ['claim', 'shape']],
    ['that something is gone', 'Exports are removed', 'Fixed', ['claim']],
    ['that data is deleted', 'Exports of all data are deleted', 'Fixed', ['claim']],
    ['a weakness', 'Security fix: exports leaked passwords', 'Fixed', ['claim']],
    ['an address in words', 'Exports work, visit evil dot com', 'Fixed', ['claim']],
    ['another story', 'Lunch is free on fridays', 'Fixed', ['claim']],
    ['one letter', 'a', 'Fixed', ['shape']],
    ['text turned round', 'Exports work \u202eagain', 'Fixed', ['shape']],
    ['a control character', 'Exports work \u001b[31magain', 'Fixed', ['number', 'shape']],
    ['nothing but what changed', 'Exports no longer fail on empty rows', 'Fixed', []],
    ['what its section means', 'Exports of empty rows are removed', 'Removed', []],
  ] as const)('an engine may not say of a fix what the fix does not: %s', (_, text, section, expected) => {
    const fix = makeChange({ title: 'fix: exports fail on empty rows (#12)' });
    const found = checkWording(text, [fix], { leakList: [], section }).map(({ kind }) => kind);
    expect([...new Set(found)].toSorted()).toEqual(expected);
  });

  it.each([
    [
      'feat: raise limit of uploads from 10 to 50 MB',
      'Limit of uploads lowered from 50 to 10 MB',
      'Uploads may be up to 50 MB instead of 10',
    ],
    ['perf: cut start-up time from 2.4 s to 0.8 s', 'Start-up takes 0.8 s to 2.4 s', 'Start-up time is cut from 2.4 s to 0.8 s'],
    ['feat: disable telemetry by default', 'Telemetry is enabled by default', 'Telemetry is disabled by default'],
    ['feat: require 2FA for logins', '2FA is optional for logins', 'Logins require 2FA'],
    ['chore: remove beta flag from dark mode', 'Dark mode was removed', 'Dark mode sheds its beta flag'],
    ['feat: hide archived projects in the list', 'Archived projects are shown in the list', 'The list hides archived projects'],
    ['feat: reject short passwords', 'Short passwords are accepted', 'Short passwords are rejected'],
    ['feat: export reports as PDF', 'Import reports as PDF', 'Reports are exported as PDF'],
    ['feat: export reports as PDF', 'Export reports as PDF on every plan', 'Export of reports as PDF'],
    ['feat: export reports as PDF', 'Export reports as PDF from the mobile app', 'Reports as PDF'],
    ['feat: export reports as PDF', 'Export reports as PDF, free of charge', 'Reports can be exported as PDF'],
    ['feat: export reports as PDF', 'A quarter of users exports reports as PDF', 'PDF exports of reports'],
  ])('of "%s" nobody may say "%s"', (title, wrong, right) => {
    const change = makeChange({ title });
    const found = (text: string) => checkWording(text, [change], { leakList: [], section: 'Changed' }).map(({ kind }) => kind);
    expect(found(wrong)).toContain('claim');
    expect(found(right)).toEqual([]);
  });

  it('what was wrong may be told by what is right now', () => {
    const change = makeChange({ title: 'fix: archived projects were not hidden in the list' });
    expect(checkWording('The list no longer shows archived projects', [change], { leakList: [], section: 'Fixed' })).toEqual([]);
  });

  it('a listed word may not, in any case', () => {
    expect(problems('Invoices show totals for FRANKFURT', ['Frankfurt'])).toContain('leak');
  });

  it.each([
    ['GlobexClient keeps its cache', 'Globex'],
    ['Add globexImporter', 'Globex'],
    ['Move the globexclient', 'Globex'],
    ['Read src/oldglobex/cache.ts', 'Globex'],
    ['Add Glo\u200bbex to it', 'Globex'],
    ['Add Gl\u043ebex to it', 'Globex'],
    ['Start project-falcon', 'Project Falcon'],
    ['Start ProjectFalcon', 'Project Falcon'],
    ['Start Project  Falcon', 'Project Falcon'],
    ['Move internal/billing', './internal/**'],
  ])('a listed word may not, however it is written: %s', (text, word) => {
    expect(createLeakGuard([word]).leaks(text)).toBe(true);
    expect(createLeakGuard([word]).leaks('Count the globes of internally run projects')).toBe(false);
  });

  it.each([
    ['Count internally', 'internal'],
    ['Go on with the internals', 'internal'],
    ['Read pacmen and limestone', 'acme'],
    ['Supervise globes', 'Globex'],
  ])('what only sounds like a listed word may stay: %s', (text, word) => expect(createLeakGuard([word]).leaks(text)).toBe(false));

  it('what is hidden says so, whatever else would be said of it', () => {
    const feature = makeChange({ title: 'feat: add the falcon engine', paths: ['internal/a.ts'] });
    const chore = makeChange({ title: 'chore: tidy up', paths: ['internal/b.ts'] });
    expect(compose([feature, chore], ['internal']).omitted.map(({ reason }) => reason)).toEqual(['private', 'private']);
  });

  it.each(['internal', 'internal/', 'internal/*', './internal/**', '/internal/**', 'INTERNAL/**'])(
    '%s is a place with all in it',
    (glob) => {
      expect(createLeakGuard([glob]).isPrivate(['internal/a/b.ts'])).toBe(true);
      expect(createLeakGuard([glob]).isPrivate(['internal/a/b.ts', 'src/a.ts'])).toBe(false);
    },
  );

  it('a text made to take long is read at once', async () => {
    const hostile = makeChange({ title: 'fix: names', body: 'a-'.repeat(10_000) });
    const spent = await processorMs(() => {
      checkWording('Names are read', [hostile], { leakList: [] });
      compose([hostile]);
    });
    expect(spent).toBeLessThan(3000);
  });
});
