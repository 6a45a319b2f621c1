import { describe, expect, test } from 'vitest';
import { createDigester } from '#src/logs/digest/index.ts';
import { passagesOf, toSampleText } from '#src/logs/digest/sample.ts';

const frames = (count: number, of: string): string =>
  Array.from({ length: count }, (_, at) => `\tat ${of}.call${at}(Proxy.java:${at})`).join('\n');
const javaTrace = (count: number): string =>
  [
    '2026-11-22 12:04:11 ERROR checkout failed',
    'com.acme.web.RequestException: cannot render page',
    frames(count, 'org.framework.web'),
    'Caused by: com.acme.db.SaveException: order was not saved',
    frames(count, 'com.acme.db'),
    'Caused by: java.sql.SQLException: no room for column price',
    frames(3, 'org.driver'),
    '\t... 12 more',
  ].join('\n');
const digestOf = (text: string) => {
  const digester = createDigester({ now: Date.UTC(2026, 10, 22) });
  digester.push(Buffer.from(text));
  return digester.finish();
};
const sampleOf = (text: string): string => digestOf(text).patterns[0]?.samples[0]?.text ?? '';

describe('a sample of a long record', () => {
  test('a short record is kept as it is', () => {
    expect(sampleOf(javaTrace(4))).toBe(javaTrace(4));
  });

  test.each([30, 120, 900])('keeps the head and every cause of a trace of %i frames, and says how much is missing', (count) => {
    const text = sampleOf(javaTrace(count));
    expect(text.length).toBeLessThanOrEqual(2000);
    for (const line of [
      'checkout failed',
      'RequestException: cannot render page',
      'Caused by: java.sql.SQLException: no room',
      'org.driver.call0',
    ])
      expect(text).toContain(line);
    const missing = [...text.matchAll(/^\[… (\d+) lines? left out …\]$/gm)].reduce((sum, [, lines]) => sum + Number(lines), 0);
    const kept = text.split('\n').filter((line) => !line.startsWith('[…')).length;
    expect(missing + kept).toBe(javaTrace(count).split('\n').length);
  });

  test('of a Python trace the last line stays, with the innermost frame above it', () => {
    const calls = Array.from(
      { length: 60 },
      (_, at) => `  File "/srv/app/step${at}.py", line ${at}, in run\n    return follow(step, context)`,
    );
    const text = toSampleText(['ERROR job died', 'Traceback (most recent call last):', ...calls, "KeyError: 'price'"].join('\n'));
    expect(text).toMatch(/^ERROR job died\nTraceback/);
    expect(text).toMatch(/step59\.py", line 59, in run\n {4}return follow\(step, context\)\nKeyError: 'price'$/);
  });

  test('a long single line says that it goes on', () => {
    const text = toSampleText(`dump ${'x'.repeat(5000)}`);
    expect(text.length).toBeLessThanOrEqual(2000);
    expect(text).toMatch(/^dump x+\n\[… the rest left out …\]$/);
  });

  test('a passage ends where lines are left out, so that nothing is quoted across a hole', () => {
    const [first, ...more] = passagesOf({ lines: { from: 1, to: 9 }, text: 'a\nb\n[… 5 lines left out …]\nc' });
    expect([first, ...more]).toEqual(['a\nb', 'c']);
  });
});
