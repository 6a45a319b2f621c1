import { describe, expect, it } from 'vitest';
import { type Audience, composeChangelog } from '#src/changelog/changes/index.ts';
import { makeChange } from './make-change.ts';

const tell = (title: string, body = '', audience: Audience = 'engineers') => {
  const busy = ['feat: add a page for every invoice (#90)', 'fix: crash when no invoice is there (#91)', 'feat: search'];
  const change = makeChange({ title, body, paths: ['src/a.ts'] });
  const { entries } = composeChangelog([change, ...busy.map((one) => makeChange({ title: one }))], { audience, leakList: [] });
  return entries.find(({ changes }) => changes.includes(change.id));
};

describe('what is about security', () => {
  it.each([
    ['chore(deps): bump axios from 0.21.0 to 1.7.4 [security]', ''],
    ['build(deps): bump next from 14.1.0 to 14.1.1', 'Bumps next. This fixes GHSA-fr5h-rqp8-mj6g, a forgery of requests.'],
    ['Upgrade to yaml 3.0.1', 'Addresses CVE-2022-28948'],
    ['fix: check the owner', 'Addresses GHSA-aaaa-bbbb-cccc.'],
    ['Escape names in exports to stop formula injection', ''],
    ['Prevent dictionary attacks on the sign-in form', ''],
    ['Rotate compromised API keys', ''],
    ['Sanitize links in comments', ''],
    ['fix: tokens were visible in the logs', ''],
    ["fix: customers could open other customers' orders by id", ''],
    ["fix: guests can see other guests' addresses", ''],
    ['Require a login for /metrics to stop unauthenticated access', ''],
    ['Schwachstelle im Upload behoben', ''],
    ['修复文件上传的安全漏洞', ''],
  ])('is told under Security, whatever stands beside it: %s %s', (title, body) => {
    expect(tell(title, body)).toMatchObject({ section: 'Security' });
    expect(tell(title, body, 'customers')).toMatchObject({ section: 'Security' });
  });

  it.each([
    'feat: dependency injection for plugins',
    "feat: admins can see other users' sessions",
    'feat: heart attack risk score',
    'feat: rotate logs weekly',
    'fix: keys are lost after a restart',
    'test: show that names are not vulnerable to XSS',
    'ci: add a security scan',
    'Bump step-security/harden-runner from 1 to 2',
  ])('is not in: %s', (title) => {
    expect(tell(title)?.section ?? 'left out').not.toBe('Security');
  });

  it('an advisory is named, also where only the text below the title does', () => {
    expect(tell('fix: check the owner', 'Addresses GHSA-aaaa-bbbb-cccc.')?.text).toBe('Check the owner (GHSA-aaaa-bbbb-cccc)');
    expect(tell('Upgrade OpenSSL to 3.0.8 to fix CVE-2023-0286', 'Fixes CVE-2023-0286')?.text).toBe(
      'Upgrade OpenSSL to 3.0.8 to fix CVE-2023-0286',
    );
  });

  it('several dependencies that are raised for it are one line, with the last version of each and all their numbers', () => {
    const raises = ['axios to v1.12.0 [security] (#1)', 'glob to v11.1.0 [security] (#2)', 'axios to v1.13.5 [security] (#3)'];
    const changes = raises.map((raise) => makeChange({ title: `fix(deps): update dependency ${raise}`, paths: ['package-lock.json'] }));
    const { entries } = composeChangelog(changes, { audience: 'engineers', leakList: [] });
    expect(entries).toMatchObject([{ section: 'Security', text: 'Raise dependencies for security: axios to v1.13.5 and glob to v11.1.0' }]);
    expect(entries[0]?.refs.toSorted()).toEqual(['#1', '#2', '#3']);
  });

  it('somebody who says that it stays out is heard', () => {
    const change = makeChange({ title: 'chore(deps): bump axios to 1.7.4 [security]', labels: ['skip-changelog'] });
    expect(composeChangelog([change], { audience: 'engineers', leakList: [] }).omitted).toMatchObject([{ reason: 'label' }]);
  });
});
