/** Mulberry32; tests that use chance name their seed. */
export const createRandom = (seed: number) => {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { next, below, pick: <T>(list: readonly T[]): T => list[below(list.length)] as T };
};

/** Lines of every kind a log may hold, and some it should not. */
export const messyLog = (seed: number, count: number): string => {
  const { below, pick } = createRandom(seed);
  const word = () =>
    pick([
      'alpha',
      'beta',
      'gamma',
      'Ωmega',
      'naïve',
      '日本',
      'x=',
      '"',
      '{',
      '[',
      '\t',
      '\u0000',
      '\u001b[31m',
      '\r',
      '😀',
      'failed',
      '0 errors',
      '/var/log',
      '10.0.0.1:80',
    ]);
  const makers = [
    () => '',
    () => '   ',
    () => `2024-03-01 10:00:${String(below(60)).padStart(2, '0')},123 ERROR [main] com.acme.App - order ${below(1e6)} failed`,
    () => 'java.lang.IllegalStateException: no',
    () => `\tat com.acme.App.run(App.java:${below(99)})`,
    () => 'Caused by: java.io.IOException: disk',
    () => `{"level":50,"time":${1_700_000_000_000 + below(1e6)},"msg":"boom ${below(9)}","deep":{"a":{"b":[1,2,{"c":"d"}]}}}`,
    () => `ts=2024-03-01T10:00:00Z level=warn msg="slow query" took=${below(999)}ms`,
    () => 'Traceback (most recent call last):',
    () => '  File "/app/main.py", line 3, in <module>',
    () => 'ValueError: bad',
    () => '10%\r20%\r30%',
    () => Array.from({ length: below(30) }, word).join(pick([' ', '', ',', ':'])),
    () => 'x'.repeat(below(5000)),
    () => String(below(1e9)).repeat(below(20)),
  ];
  return Array.from({ length: count }, () => pick(makers)()).join(pick(['\n', '\r\n'])) + pick(['', '\n']);
};
