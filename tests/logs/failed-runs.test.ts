import { describe, expect, test } from 'vitest';
import { type Digest, digestText } from '#src/logs/digest/index.ts';
import { mayBeFailedRun } from '#src/logs/failures/telling-lines.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { logReport } from '#src/logs/report.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';

const now = Date.UTC(2026, 10, 22);
const many = (count: number, line: (at: number) => string): string[] => Array.from({ length: count }, (_, at) => line(at));
const stamped = (lines: string[]): string[] =>
  lines.map(
    (line, at) => `2026-03-04T10:${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}.1234567Z ${line}`,
  );
/** As the digest job reads a log: its lines to read first only where it looks like a run that failed. */
const read = (lines: string[]): Digest => {
  const text = lines.join('\n');
  const digest = digestText(text, { now });
  return mayBeFailedRun(digest) ? digestText(text, { now, lineBudget: 20, lineRecall: 4 }) : digest;
};
const summarize = (digest: Digest) => verifySummary(summarizeOffline({ digest }), digest);

const runs: Record<string, { lines: string[]; names: RegExp }> = {
  'a compiler': {
    lines: [
      ...many(60, (at) => `   Compiling dep${at} v0.${at}.1`),
      'error[E0308]: mismatched types',
      '  --> src/main.rs:14:24',
      '   |',
      '14 |     let total: u32 = price * quantity as f32;',
      '   |                      ^^^^^^^^^^^^^^^^^^^^^^^ expected `u32`, found `f32`',
      '',
      'For more information about this error, try `rustc --explain E0308`.',
      'error: could not compile `shop` (bin "shop") due to 1 previous error',
      'Error: Process completed with exit code 101.',
    ],
    names: /mismatched types/,
  },
  'a test': {
    lines: [
      ...many(30, (at) => `ok  \tgithub.com/acme/shop/pkg${at}\t0.${at}s`),
      '--- FAIL: TestRefund (0.01s)',
      '    refund_test.go:57: got amount 1099, want 1100',
      'FAIL',
      'FAIL\tgithub.com/acme/shop/refund\t0.034s',
      'make: *** [Makefile:12: test] Error 1',
    ],
    names: /refund_test\.go:57: got amount 1099, want 1100|TestRefund/,
  },
  'a step of an image': {
    lines: stamped([
      ...many(60, (at) => `#12 ${at}.1 Get:${at} http://deb.example.org/debian bookworm/main amd64 pkg${at} amd64 1.${at} [${at * 10} kB]`),
      '#13 0.412 > vite build',
      '#13 2.412 [vite]: Rollup failed to resolve import "@/components/Cart" from "/app/src/pages/Checkout.vue".',
      '#13 ERROR: process "/bin/sh -c npm run build" did not complete successfully: exit code: 1',
      'ERROR: failed to solve: process "/bin/sh -c npm run build" did not complete successfully: exit code: 1',
      '##[error]Process completed with exit code 1.',
      'Post job cleanup.',
    ]),
    names: /failed to resolve import @\/components\/Cart/,
  },
  'a build with its own runner': {
    lines: [
      ...many(40, (at) => `Download https://repo.example.org/lib${at}/1.${at}/lib${at}-1.${at}.jar`),
      '> Task :app:compileKotlin FAILED',
      'e: file:///home/ci/shop/app/src/main/kotlin/shop/Cart.kt:18:21 Unresolved reference: discountRate',
      '',
      'FAILURE: Build failed with an exception.',
      '',
      '* What went wrong:',
      "Execution failed for task ':app:compileKotlin'.",
      'BUILD FAILED in 41s',
    ],
    names: /Cart\.kt:18:21 Unresolved reference: discountRate/,
  },
  'a script that crashes': {
    lines: [
      ...many(60, (at) => `step ${at} ok: loaded batch ${at}`),
      'Traceback (most recent call last):',
      '  File "/opt/app/train.py", line 88, in <module>',
      '    main()',
      '  File "/opt/app/model.py", line 33, in fit',
      '    raise ValueError("loss became NaN at batch 60")',
      'ValueError: loss became NaN at batch 60',
    ],
    names: /ValueError: loss became NaN at batch 60/,
  },
  'a test among many that is named by its runner': {
    lines: [
      'Starting a Gradle Daemon, 1 incompatible Daemon could not be reused, use --status for details',
      ...many(30, (at) => `shop.cart.CartTest > onErrorKeepsTheCart${at} SKIPPED`),
      'shop.cart.CartTest > addsUp FAILED',
      '    java.lang.AssertionError: total of 1,099 is not 1,100',
      '        at org.junit.Assert.fail(Assert.java:88)',
      'FAILURE: Build failed with an exception.',
      "Execution failed for task ':test'.",
      '> There were failing tests. See the report at: file:///ci/shop/build/reports/tests/test/index.html',
      'BUILD FAILED in 41s',
    ],
    names: /AssertionError: total of 1,099 is not 1,100/,
  },
  'what fails after a full disk': {
    lines: [
      ...many(40, (at) => `[INFO] Running tests of module ${at}`),
      'bash: line 169: report.xml: No space left on device',
      ...many(20, (at) => `[INFO] Running checks of module ${at}`),
      'ERROR: checks have failed',
      "Build step 'Execute shell' marked build as failure",
      'Archiving artifacts',
      'ERROR: Step ‘Publish reports’ failed: /net/jobs/shop/builds/2329/archive does not exist.',
      'Finished: FAILURE',
    ],
    names: /A disk is full/,
  },
};

describe('the headline of a run that failed names what failed, not that it failed', () => {
  test.each(Object.entries(runs))('%s', (_, { lines, names }) => {
    const summary = summarize(read(lines));
    expect(summary.headline).toMatch(names);
    expect(summary.whatIsGoingOn[0]?.text).toMatch(names);
    expect(summary.unsupportedDropped).toBe(0);
  });
});

test('what crashes again and again is told by how often', () => {
  const crash = (at: number): string[] => [
    'Traceback (most recent call last):',
    `  File "/app/work.py", line 7, in <module>`,
    `RuntimeError: order ${at} lost`,
  ];
  expect(summarize(read(many(40, (at) => crash(at).join('\n')))).headline).toMatch(
    /^Unhandled exceptions: “RuntimeError: order … lost”: 40 times between/,
  );
});

test('words of failure in names of files, in scripts and in settings that are listed are no trouble', () => {
  const { headline, severity } = summarize(
    read([
      ...many(20, (at) => `Compiled lib/part${at}.ex`),
      'Compiled lib/elixir/lib/exception.ex',
      'Recompile: src/elixir_errors',
      'go: downloading github.com/pkg/errors v0.9.1',
      'Configure options: --prefix=/usr -v --with-all-insults --with-pam --with-fqdn',
    ]),
  );
  expect(headline).not.toMatch(/exception\.ex|elixir_errors|pkg\/errors|insults/);
  expect(severity).toBe('info');
});

test('the lines to read first are shown with their numbers, at both beats, secrets masked', () => {
  const { lines } = runs['a test'] as { lines: string[] };
  const digest = read(lines.map((line) => line.replace('got amount 1099', 'got password=hunter2-Zx91 amount 1099')));
  const input = { id: 'log_1', log: { title: 'ci.log', lineCount: null, bytes: null }, digest, receipt: null, failure: null };
  for (const [status, summary] of [
    ['DIGESTED', null],
    ['SUCCEEDED', summarize(digest)],
  ] as const) {
    const { sections } = logReport({ ...input, status, summary });
    const section = sections.find(({ title }) => title === 'Read first');
    expect(section?.items[0]).toMatchObject({
      refs: ['L30–34'],
      quote: expect.stringContaining('--- FAIL: TestRefund'),
    });
    expect(JSON.stringify(sections)).not.toContain('hunter2');
  }
});

test('what goes on for a while is told by its patterns: no lines are picked out, and nothing more is read', () => {
  const service = many(
    200,
    (at) =>
      `2026-11-22T12:${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}Z ${at % 9 ? 'INFO' : 'ERROR'} worker ${at % 9 ? 'handled' : 'lost'} job ${at}`,
  );
  const digest = digestText(service.join('\n'), { now });
  expect(mayBeFailedRun(digest)).toBe(false);
  const { sections } = logReport({
    id: 'log_1',
    log: { title: 'app.log', lineCount: null, bytes: null },
    status: 'SUCCEEDED',
    digest,
    summary: summarize(digest),
    receipt: null,
    failure: null,
  });
  expect(sections.map(({ title }) => title)).not.toContain('Read first');
});
