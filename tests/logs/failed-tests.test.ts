import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';
import { mayBeFailedRun } from '#src/logs/failures/telling-lines.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';

const now = Date.UTC(2026, 10, 22);

const summarize = (lines: string[]) => {
  const text = lines.join('\n');
  const first = digestText(text, { now });
  const digest = mayBeFailedRun(first) ? digestText(text, { now, lineBudget: 20, lineRecall: 4 }) : first;
  return verifySummary(summarizeOffline({ digest }), digest);
};

type Run = { lines: string[]; headline: string; told: string[] };

const runs: Record<string, Run> = {
  pytest: {
    lines: [
      'collected 214 items',
      'tests/test_cart.py ...............................                       [ 14%]',
      'tests/test_checkout.py .........F.....F.........                         [ 26%]',
      '=================================== FAILURES ===================================',
      '___________________________ test_discount_is_rounded ___________________________',
      "E       AssertionError: assert Decimal('50.9745') == Decimal('50.97')",
      'tests/test_checkout.py:41: AssertionError',
      '=========================== short test summary info ============================',
      "FAILED tests/test_checkout.py::test_discount_is_rounded - AssertionError: assert Decimal('50.9745') == Decimal('50.97')",
      'FAILED tests/test_checkout.py::test_payment_retries - requests.exceptions.ConnectionError: Connection refused by Responses',
      '=================== 2 failed, 211 passed, 1 skipped in 8.41s ===================',
      'Error: Process completed with exit code 1.',
    ],
    headline:
      'Tests failed, “2 failed, 211 passed, 1 skipped”: “test_checkout.py::test_discount_is_rounded”, “test_checkout.py::test_payment_retries”',
    told: [
      "“test_checkout.py::test_discount_is_rounded” failed: “AssertionError: assert Decimal('50.9745') == Decimal('50.97')”",
      '“test_checkout.py::test_payment_retries” failed: “requests.exceptions.ConnectionError: Connection refused by Responses”',
    ],
  },
  jest: {
    lines: [
      'PASS src/cart/cart.test.ts (5.213 s)',
      'FAIL src/checkout/total.test.ts (6.02 s)',
      '  ● total › rounds half up',
      '',
      '    expect(received).toBe(expected) // Object.is equality',
      '',
      '    Expected: 50.97',
      '    Received: 50.9745',
      '',
      '      at Object.toBe (src/checkout/total.test.ts:20:31)',
      '',
      '  ● total › survives a payment outage',
      '',
      '    connect ECONNREFUSED 127.0.0.1:4242',
      '',
      'Test Suites: 1 failed, 3 passed, 4 total',
      'Tests:       2 failed, 41 passed, 43 total',
      'npm ERR! Error: command failed',
      '##[error]Process completed with exit code 1.',
    ],
    headline: 'Tests failed, “2 failed, 41 passed, 43 total”: “total › rounds half up”, “total › survives a payment outage”',
    told: [
      '“total › rounds half up” failed: “Expected: 50.97”, “Received: 50.9745”',
      '“total › survives a payment outage” failed: “connect ECONNREFUSED 127.0.0.1:4242”',
    ],
  },
  vitest: {
    lines: [
      ' RUN  v3.2.4 /home/ci/shop',
      '',
      ' ✓ src/cart.test.ts (8 tests) 12ms',
      ' ❯ src/checkout.test.ts (3 tests | 1 failed) 31ms',
      '   × total > rounds half up 9ms',
      '     → expected 50.9745 to be 50.97 // Object.is equality',
      '',
      '⎯⎯⎯⎯⎯⎯⎯ Failed Tests 1 ⎯⎯⎯⎯⎯⎯⎯',
      '',
      ' FAIL  src/checkout.test.ts > total > rounds half up',
      'AssertionError: expected 50.9745 to be 50.97 // Object.is equality',
      '',
      '- Expected',
      '+ Received',
      '',
      '- 50.97',
      '+ 50.9745',
      '',
      ' ❯ src/checkout.test.ts:20:31',
      '',
      ' Test Files  1 failed | 1 passed (2)',
      '      Tests  1 failed | 10 passed (11)',
      '   Duration  412ms',
    ],
    headline:
      'A test failed: “checkout.test.ts > total > rounds half up”: “AssertionError: expected 50.9745 to be 50.97 // Object.is equality”',
    told: ['“checkout.test.ts > total > rounds half up” failed: “AssertionError: expected 50.9745 to be 50.97 // Object.is equality”'],
  },
  'go test, each with what stands above it': {
    lines: [
      'ok  \texample.com/shop/cart\t0.412s',
      '=== RUN   TestCharge',
      '=== RUN   TestCharge/declined',
      '    charge_test.go:44: got status 200, want 402',
      '=== RUN   TestCharge/timeout',
      '    charge_test.go:61: context deadline exceeded',
      '--- FAIL: TestCharge (2.01s)',
      '    --- FAIL: TestCharge/declined (0.00s)',
      '    --- FAIL: TestCharge/timeout (2.00s)',
      'FAIL',
      'FAIL\texample.com/shop/pay\t2.034s',
      'make: *** [Makefile:12: test] Error 1',
    ],
    headline: 'Tests failed: “TestCharge/declined”, “TestCharge/timeout”',
    told: [
      '“TestCharge/declined” failed: “charge_test.go:44: got status 200, want 402”',
      '“TestCharge/timeout” failed: “charge_test.go:61: context deadline exceeded”',
    ],
  },
  'cargo test': {
    lines: [
      'running 12 tests',
      'test cart::tests::adds ... ok',
      'test cart::tests::rounds ... FAILED',
      'failures:',
      '---- cart::tests::rounds stdout ----',
      "thread 'cart::tests::rounds' panicked at src/cart.rs:88:9:",
      'assertion `left == right` failed',
      '  left: 5097',
      ' right: 5098',
      'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace',
      'failures:',
      '    cart::tests::rounds',
      'test result: FAILED. 11 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.03s',
      'error: test failed, to rerun pass `--lib`',
    ],
    headline: 'A test failed: “cart::tests::rounds”: “assertion left == right failed”, “left: 5097”, “right: 5098”',
    told: ['“cart::tests::rounds” failed: “assertion left == right failed”, “left: 5097”, “right: 5098”'],
  },
  'Maven Surefire': {
    lines: [
      '[INFO] Running com.acme.shop.CartTest',
      '[INFO] Tests run: 8, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 0.412 s -- in com.acme.shop.CartTest',
      '[INFO] Running com.acme.shop.CheckoutTest',
      '[ERROR] Tests run: 6, Failures: 1, Errors: 0, Skipped: 0, Time elapsed: 1.204 s <<< FAILURE! -- in com.acme.shop.CheckoutTest',
      '[ERROR] com.acme.shop.CheckoutTest.roundsHalfUp -- Time elapsed: 0.022 s <<< FAILURE!',
      'org.opentest4j.AssertionFailedError: expected: <50.97> but was: <50.9745>',
      '\tat com.acme.shop.CheckoutTest.roundsHalfUp(CheckoutTest.java:41)',
      '[INFO] Results:',
      '[ERROR] Failures: ',
      '[ERROR]   CheckoutTest.roundsHalfUp:41 expected: <50.97> but was: <50.9745>',
      '[ERROR] Tests run: 14, Failures: 1, Errors: 0, Skipped: 0',
      '[INFO] BUILD FAILURE',
      '[ERROR] See /home/ci/shop/target/surefire-reports for the individual test results.',
    ],
    headline: 'A test failed: “CheckoutTest.roundsHalfUp”: “expected: <50.97> but was: <50.9745>”',
    told: ['“CheckoutTest.roundsHalfUp” failed: “expected: <50.97> but was: <50.9745>”'],
  },
  Gradle: {
    lines: [
      '> Task :compileTestJava',
      '> Task :test',
      'com.acme.shop.CheckoutTest > roundsHalfUp() FAILED',
      '    org.opentest4j.AssertionFailedError at CheckoutTest.java:41',
      '212 tests completed, 1 failed',
      '> Task :test FAILED',
      'FAILURE: Build failed with an exception.',
      'BUILD FAILED in 11s',
    ],
    headline: 'A test failed: “CheckoutTest > roundsHalfUp()”: “org.opentest4j.AssertionFailedError at CheckoutTest.java:41”',
    told: ['“CheckoutTest > roundsHalfUp()” failed: “org.opentest4j.AssertionFailedError at CheckoutTest.java:41”'],
  },
  RSpec: {
    lines: [
      '....F.....F...........',
      'Failures:',
      '  1) Cart#total rounds half up',
      '     Failure/Error: expect(cart.total(0.15)).to eq(BigDecimal("50.97"))',
      '',
      '       expected: 0.5097e2',
      '            got: 0.509745e2',
      '',
      '  2) Payments charge retries when the gateway is down',
      '     Failure/Error: client.charge("tok_visa", 1999)',
      '',
      '     Errno::ECONNREFUSED:',
      '       Failed to open TCP connection to pay.example:443',
      '22 examples, 2 failures',
      'Failed examples:',
      'rspec ./spec/cart_spec.rb:38 # Cart#total rounds half up',
    ],
    headline: 'Tests failed, “22 examples, 2 failures”: “Cart#total rounds half up”, “Payments charge retries when the gateway is down”',
    told: [
      '“Cart#total rounds half up” failed: “expected: 0.5097e2”, “got: 0.509745e2”',
      '“Payments charge retries when the gateway is down” failed: “Failed to open TCP connection to pay.example:443”',
    ],
  },
  Mocha: {
    lines: [
      '  Cart',
      '    ✓ adds',
      '    1) rounds half up',
      '  22 passing (41ms)',
      '  1 failing',
      '  1) Cart',
      '       rounds half up:',
      '     AssertionError [ERR_ASSERTION]: 50.9745 == 50.97',
      '      at Context.<anonymous> (test/cart.js:20:14)',
      'npm ERR! Test failed.  See above for more details.',
    ],
    headline: 'A test failed: “Cart rounds half up”: “AssertionError [ERR_ASSERTION]: 50.9745 == 50.97”',
    told: ['“Cart rounds half up” failed: “AssertionError [ERR_ASSERTION]: 50.9745 == 50.97”'],
  },
  PHPUnit: {
    lines: [
      'PHPUnit 10.5.2 by Sebastian Bergmann and contributors.',
      '....F...E.                                                        10 / 10 (100%)',
      'There was 1 failure:',
      '1) Tests\\CartTest::testRoundsHalfUp',
      'Failed asserting that 50.9745 matches expected 50.97.',
      '/app/tests/CartTest.php:41',
      'FAILURES!',
      'Tests: 10, Assertions: 23, Failures: 1.',
    ],
    headline: 'A test failed: “Tests\\CartTest::testRoundsHalfUp”: “Failed asserting that 50.9745 matches expected 50.97.”',
    told: ['“Tests\\CartTest::testRoundsHalfUp” failed: “Failed asserting that 50.9745 matches expected 50.97.”'],
  },
  '.NET': {
    lines: [
      'Starting test execution, please wait...',
      '[xUnit.net 00:00:00.91]     Shop.Tests.CheckoutTests.RoundsHalfUp [FAIL]',
      '  Failed Shop.Tests.CheckoutTests.RoundsHalfUp [12 ms]',
      '  Error Message:',
      '   Assert.Equal() Failure: Values differ',
      'Expected: 50.97',
      'Actual:   50.9745',
      '  Stack Trace:',
      '     at Shop.Tests.CheckoutTests.RoundsHalfUp() in /src/Shop.Tests/CheckoutTests.cs:line 41',
      'Failed!  - Failed:     1, Passed:    41, Skipped:     0, Total:    42, Duration: 1 s - Shop.Tests.dll (net8.0)',
    ],
    headline:
      'A test failed: “Shop.Tests.CheckoutTests.RoundsHalfUp”: “Assert.Equal() Failure: Values…”, “Expected: 50.97”, “Actual: 50.9745”',
    told: ['“Shop.Tests.CheckoutTests.RoundsHalfUp” failed: “Assert.Equal() Failure: Values differ”, “Expected: 50.97”, “Actual: 50.9745”'],
  },
  ExUnit: {
    lines: [
      'Running ExUnit with seed: 0, max_cases: 4',
      '.....',
      '  1) test rounds half up (Shop.CartTest)',
      '     test/cart_test.exs:12',
      '     Assertion with == failed',
      '     code:  assert Cart.total(cart) == 5097',
      '     left:  5098',
      '     right: 5097',
      'Finished in 0.05 seconds (0.00s async, 0.05s sync)',
      '42 tests, 1 failure',
    ],
    headline: 'A test failed: “test rounds half up (Shop.CartTest)”: “Assertion with == failed”',
    told: ['“test rounds half up (Shop.CartTest)” failed: “Assertion with == failed”'],
  },
  unittest: {
    lines: [
      '....F...',
      '======================================================================',
      'FAIL: test_rounds (tests.test_cart.CartTest)',
      '----------------------------------------------------------------------',
      'Traceback (most recent call last):',
      '  File "/app/tests/test_cart.py", line 41, in test_rounds',
      '    self.assertEqual(total, 50.97)',
      'AssertionError: 50.9745 != 50.97',
      '----------------------------------------------------------------------',
      'Ran 8 tests in 0.412s',
      'FAILED (failures=1)',
    ],
    headline: 'A test failed: “test_rounds (tests.test_cart.CartTest)”: “AssertionError: 50.9745 != 50.97”',
    told: ['“test_rounds (tests.test_cart.CartTest)” failed: “AssertionError: 50.9745 != 50.97”'],
  },
  GoogleTest: {
    lines: [
      '[==========] Running 3 tests from 1 test suite.',
      '[ RUN      ] Cart.Adds',
      '[       OK ] Cart.Adds (0 ms)',
      '[ RUN      ] Cart.Rounds',
      'cart_test.cc:41: Failure',
      'Expected equality of these values:',
      '[  FAILED  ] Cart.Rounds (0 ms)',
      '[  PASSED  ] 2 tests.',
      '[  FAILED  ] 1 test, listed below:',
      '[  FAILED  ] Cart.Rounds',
    ],
    headline: 'A test failed: “Cart.Rounds”',
    told: ['“Cart.Rounds” failed'],
  },
  Playwright: {
    lines: [
      '> shop@1.0.0 test:e2e',
      '> playwright test',
      '',
      'Running 3 tests using 1 worker',
      '',
      '  1) [chromium] › tests/checkout.spec.ts:5:1 › shows the total ─────────────────',
      '    Error: Timed out 5000ms waiting for expect(locator).toHaveText(expected)',
      '    Locator: getByTestId("total")',
      '',
      '  1 failed',
      '    [chromium] › tests/checkout.spec.ts:5:1 › shows the total ──────────',
      '  2 passed (8.1s)',
      'npm ERR! Lifecycle script `test:e2e` failed with error:',
      '##[error]Process completed with exit code 1.',
    ],
    headline:
      'A test failed: “[chromium] › tests/checkout.spec.ts:5:1 › shows the total”: “Error: Timed out 5000ms waiting for expect(locator).toHaveText(expected)”',
    told: [
      '“[chromium] › tests/checkout.spec.ts:5:1 › shows the total” failed: “Error: Timed out 5000ms waiting for expect(locator).toHaveText(expected)”',
    ],
  },
};

describe('a run of tests that failed is told by the tests', () => {
  test.each(Object.entries(runs))('%s: which failed, and why', (_, { lines, headline, told }) => {
    const summary = summarize(lines);
    expect(summary.headline).toBe(headline);
    expect(summary.whatIsGoingOn.slice(0, told.length).map(({ text }) => text)).toEqual(told);
    expect(summary.whatIsGoingOn.every(({ evidence }) => evidence.length > 0)).toBe(true);
    expect(summary.unsupportedDropped).toBe(0);
  });

  test('a full disk leads all the same', () => {
    const lines = (runs.pytest as Run).lines.toSpliced(3, 0, 'OSError: [Errno 28] No space left on device');
    expect(summarize(lines).headline).toContain('A disk is full');
  });

  test('tests that passed are no failure', () => {
    const { headline } = summarize([
      ...Array.from({ length: 30 }, (_, at) => `tests/test_${at}.py ....... [ ${at}%]`),
      'error: failed to push some refs to example.com:shop.git',
      '=================== 213 passed, 1 skipped in 8.41s ===================',
      'Error: Process completed with exit code 1.',
    ]);
    expect(headline).toContain('failed to push some refs');
  });
});
