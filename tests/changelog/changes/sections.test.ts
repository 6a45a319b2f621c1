import { describe, expect, it } from 'vitest';
import { compose } from './compose.ts';
import { makeChange } from './make-change.ts';

describe('the section of a change', () => {
  it('what a title closes, and the line it is ported to, are no words of its entry; a raise that names an advisory is about security', () => {
    const titles = [
      'fix: login on Safari, closes T-7 (#97)',
      'Fix overflow in cart (#50) [2.x]',
      'Upgrade OpenSSL to 3.0.8 to fix CVE-2023-0286',
    ];
    const { entries } = compose(titles.map((title) => makeChange({ title })));
    expect(entries.map(({ section, text }) => `${section}: ${text}`).sort()).toEqual([
      'Fixed: Fix overflow in cart',
      'Fixed: Login on Safari',
      'Security: Upgrade OpenSSL to 3.0.8 to fix CVE-2023-0286',
    ]);
  });

  it.each([
    ['Add `--title` option', 'Added'],
    ['SOCKS proxy support', 'Added'],
    ['Fix crash on resize', 'Fixed'],
    ["Don't end comments at an empty line", 'Fixed'],
    ['Use the system font by default', 'Changed'],
    ['Faster string encoding', 'Changed'],
    ['Drop support for Python 3.7', 'Removed'],
    ['drop support for IE 11', 'Removed'],
    ['[API][BREAKING] Remove the old Z endpoint', 'Removed'],
    ['JIRA-123 Add the map', 'Added'],
    ['Deprecate foo()', 'Deprecated'],
    ['Deprecate `Client.app` in favour of transports', 'Deprecated'],
    ['docs(shim): give notice that this package will be removed with 3.0', 'Deprecated'],
    ['Use the new API instead of deprecated calls', 'Changed'],
    ['Fix denial of service by nested lists', 'Security'],
    ['Login rework', 'Changed'],
    ['Größere Schrift im Kopf', 'Changed'],
    ['Develop to main (#40)', 'Changed'],
    ['日本語サポートを追加', 'Added'],
    ['Absturz beim Speichern behoben', 'Fixed'],
    ['Supprime le vieux export', 'Removed'],
    ['Round prices to two digits', 'Changed'],
    ['Underline links on hover', 'Changed'],
    ['Validate addresses of customers', 'Changed'],
    ['Raise the upload limit to 40 MB', 'Changed'],
    ['No colours in pipes', 'Changed'],
    ['Invoices are sent as PDF', 'Changed'],
    ['No longer panics on empty lists', 'Fixed'],
    ['Respect the time zone of the reader', 'Fixed'],
    ['Make the log format configurable', 'Added'],
    ['Drop end-of-life Python 3.9', 'Removed'],
    ['Disable the preview on phones', 'Changed'],
    ['Disallow spaces in the `name` option', 'Changed'],
    ['Remove the `--old` option', 'Removed'],
  ])('%s is %s', (title, section) => {
    expect(compose([makeChange({ title })]).entries).toMatchObject([{ section }]);
  });

  it('an option that goes is removed, also where that closes an issue', () => {
    const change = makeChange({ title: 'Remove the double_click and triple_click options', body: 'Fixes #6.' });
    expect(compose([change]).entries).toMatchObject([{ section: 'Removed' }]);
  });

  it.each([
    ['Show exceptions in the admin log', 'Changed'],
    ['Limit login attempts to 5 per minute', 'Changed'],
    ['Improve the error message of a declined card', 'Changed'],
    ['Delete user data 30 days after an account is closed', 'Changed'],
    ['Remove the broken blink attribute of the terminal', 'Fixed'],
  ])('what only sounds like a fix or a removal is none: %s', (title, section) => {
    expect(compose([makeChange({ title, filesChanged: 4 })]).entries).toMatchObject([{ section }]);
  });
});
