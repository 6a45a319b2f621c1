/** How a tool that runs tests tells of those that failed. To know one more tool is one more entry here. */
export type TestTool = {
  id: string;
  /** Its last word on the run where tests failed; the group is what it counted, as it stands there. */
  tally: RegExp;
  /** A line that names a test that failed: group 1 is its name, group 2 the reason where it stands on the same line. */
  named: RegExp;
  /** Lines between the name and the reason below it that say nothing. */
  skip?: RegExp;
  /** A reason that goes on in the lines below it: 'expected: 3', 'got: 4'. */
  goesOn?: RegExp;
  /** What it says once more around them, and points to. */
  echoes?: RegExp;
  /** Only such a line says why; it stands right below the name, or below the line that says the test `ran` (group 1 is its name). */
  reason?: RegExp;
  ran?: RegExp;
  /** The name goes on in the lines below it, until one ends with a colon. */
  nested?: true;
};

const comparison = /^(?:expected|received|actual|got|left|right|but was)\b.*:/i;

/** What they write as of 2026. The first whose tally stands in the log, and that names a test there, is taken: special ones stand before common ones. */
export const testTools: readonly TestTool[] = [
  {
    id: 'pytest',
    tally: /^=+ ((?=.*\b\d+ (?:failed|errors?)\b).+?)(?: in [\d.]+s.*)? =+$/,
    named: /^(?:FAILED|ERROR) (\S+::\S.*?)(?: - (.+))?$/,
    echoes: /^\S+\.py:\d+: \w+$/,
  },
  {
    id: 'jest',
    tally: /^Tests:\s+(\d+ failed.*)$/,
    named: /^\s*● (?!Console\b|Test suite failed)(\S.*)$/,
    skip: /^expect\(/,
    goesOn: comparison,
  },
  { id: 'vitest', tally: /^\s*Tests\s+(\d+ failed.*)$/, named: /^\s*FAIL\s+(\S+ > .+)$/ },
  {
    id: 'cargo',
    echoes: /^failures:/,
    tally: /^test result: FAILED\. (\d+ passed; \d+ failed)/,
    named: /^---- (.+) stdout ----$/,
    skip: /^thread '/,
    goesOn: comparison,
  },
  {
    id: 'go',
    tally: /^(FAIL)\s*(?:\S+\s+[\d.]+s)?$/,
    named: /^\s*--- FAIL: (\S+) \([\d.]+s\)$/,
    reason: /^\s*\S+\.go:\d+: \S/,
    ran: /^=== RUN\s+(\S+)$/,
  },
  {
    id: 'surefire',
    tally: /^(?:\[ERROR\] )?(Tests run: \d+, (?:Failures: [1-9]\d*, Errors: \d+|Failures: 0, Errors: [1-9]\d*)(?:, Skipped: \d+)?)\s*$/,
    named: /^\[ERROR\]\s+(\w+(?:\.\w+)+(?:\[[^\]]*\])?):\d+(?:->\S+)?(?: (\S.*))?$/,
    goesOn: comparison,
    echoes: /^(?:\[ERROR\] )?(?:See .*reports|Please refer to) /,
  },
  { id: 'gradle', tally: /^(\d+ tests? completed, [1-9]\d* failed)/, named: /^(\S.* > \S.*) FAILED$/ },
  {
    id: 'exunit',
    tally: /^\s*(\d+ tests?, [1-9]\d* failures?)/,
    named: /^\s+\d+\) (test .+)$/,
    skip: /^\S+\.exs:\d+$/,
  },
  {
    id: 'rspec',
    tally: /^(\d+ examples?, [1-9]\d* failures?)/,
    named: /^\s+\d+\) (\S.+)$/,
    echoes: /^rspec \S+:\d+ #/,
    skip: /^Failure\/Error: |^[A-Z]\w*(?:::\w+)*:$/,
    goesOn: comparison,
  },
  { id: 'phpunit', tally: /^(Tests: \d+, Assertions: .*(?:Failures|Errors): [1-9]\d*)/, named: /^\d+\) (\S+::\S.*)$/ },
  { id: 'mocha', tally: /^\s*([1-9]\d* failing)\b/, named: /^\s+\d+\) (\S.*)$/, nested: true },
  {
    id: 'dotnet',
    tally: /(Failed:\s+[1-9]\d*, Passed:\s+\d+, Skipped:\s+\d+, Total:\s+\d+)/,
    named: /^\s*Failed (\S+) \[[^\]]+\]$/,
    skip: /^Error Message:$/,
    goesOn: comparison,
  },
  {
    id: 'unittest',
    tally: /^FAILED \(((?:failures|errors)=\d.*)\)$/,
    named: /^(?:FAIL|ERROR): (\w+ \(.+\))$/,
    skip: /^(?:-{5,}|Traceback |File ".+"|\w[^:]*$|self\.)/,
  },
  { id: 'googletest', tally: /^\[ {2}FAILED {2}\] (\d+ tests?), listed below/, named: /^\[ {2}FAILED {2}\] (\w+\.\w\S*?)(?:, where .+)?$/ },
  { id: 'node', tally: /^(?:#|ℹ) (fail [1-9]\d*)$/, named: /^\s*(?:not ok \d+ - |✖ )(\S.*?)(?: \([\d.]+ms\))?$/ },
  { id: 'playwright', tally: /^\s+([1-9]\d* failed)$/, named: /^\s+\d+\) (\[?\S.* › .+?)\s*─*$/ },
];
