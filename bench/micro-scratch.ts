import { createDigestRunner } from '#src/logs/digest-runner.ts';
import { summarizeOffline } from '#src/logs/summarize-offline.ts';
import { verifySummary } from '#src/logs/verify-summary.ts';

const shortLog = (number: number): string =>
  Array.from(
    { length: 12 },
    (_, line) =>
      `2026-11-20T12:00:${String(line).padStart(2, '0')}Z ${line === 9 ? 'ERROR' : 'INFO'} worker-${number % 7} ${line === 9 ? `upload ${number} failed: connection reset by peer` : `handled request ${number * 12 + line} in ${line + 3} ms`}`,
  ).join('\n');
const N = 4000;
const r = createDigestRunner({ threads: 1 });
async function* one(b: Buffer) {
  yield b;
}
for (let k = 0; k < 2; k++) {
  const t = { digest: 0, off: 0, verify: 0 };
  for (let i = 0; i < N; i++) {
    const b = Buffer.from(shortLog(i));
    let a = performance.now();
    const g = await r.run(one(b), { bytes: b.length, now: Date.UTC(2026, 10, 28) });
    let c = performance.now();
    t.digest += c - a;
    const s = summarizeOffline({ digest: g, title: 'bench ' + i, source: null });
    a = performance.now();
    t.off += a - c;
    const v = verifySummary(s as any, g);
    c = performance.now();
    t.verify += c - a;
  }
  console.log(Object.fromEntries(Object.entries(t).map(([k, v]) => [k, +(v / N).toFixed(4)])));
}
