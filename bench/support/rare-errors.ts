import { generateLog } from '#bench/generate-log.ts';
import { createDigester, type Digest, type Pattern } from '#src/logs/digest/index.ts';
import { rounded } from './measures.ts';

const logLines = 50_000;
const topPatterns = 20;

/** What goes wrong once in a long while, as different programs say it; with and without a level. */
const rare = [
  'Out of memory: Killed process 4711 (java) total-vm:8123456kB',
  'kernel: EXT4-fs error (device sda1): ext4_find_entry:1455: inode #2: comm ls: reading directory lblock 0',
  'kernel: worker[3121]: segfault at 18 ip 00007f2a sp 00007ffc error 4 in libpay.so',
  'panic: runtime error: invalid memory address or nil pointer dereference',
  'FATAL: the database system is shutting down',
  '2026-01-05T09:00:00.000Z ERROR [settlement] ledger of day 17 does not balance: off by 12.50',
  '{"level":"error","time":"2026-01-05T09:00:00.000Z","msg":"could not renew certificate for shop.example","err":"ACME order expired"}',
  'ts=2026-01-05T09:00:00Z level=error caller=wal.go:212 msg="corrupt record in write-ahead log" segment=17',
  'E0105 09:00:00.000000       1 leader.go:88] lost leadership of lease kube-system/scheduler',
  'Jan  5 09:00:00 web-1 systemd[1]: shop.service: Main process exited, code=exited, status=137/n/a',
  'java.lang.OutOfMemoryError: Metaspace',
  '[2026-01-05 09:00:00] production.CRITICAL: Payment provider rejected our key',
  '2026-01-05 09:00:00.000 UTC [812] ERROR:  deadlock detected',
  '2026/01/05 09:00:00 [crit] 71#71: *9 open() "/var/cache/nginx/7" failed (28: No space left on device)',
  'Traceback (most recent call last):\n  File "/app/billing.py", line 40, in close\n    post(entry)\nBillingError: period already closed',
  "thread 'main' panicked at src/ledger.rs:41:9: attempt to subtract with overflow",
  "Error: EMFILE: too many open files, open '/srv/spool/88'",
  'raid: disk failure on sdb, disabling device',
  'Hardware error: corrected count exceeded, DIMM A2 failed',
  'replication to standby-2 broke: requested WAL segment has already been removed',
] as const;

/** Routine of fifty thousand lines with one rare error in it, at another place each time: is it among the first twenty patterns? */
export const rankPlanted = async (bases: { name: string; lines: string[] }[] = []): Promise<Record<string, unknown>> => {
  const routines = bases.length > 0 ? bases : [{ name: 'generated', lines: await generatedLines() }];
  const tries = routines.flatMap(({ name, lines }, base) =>
    rare.map((error, k) => ({ name, error, found: findsPlanted(lines, error, base * 31 + k * 7 + 3) })),
  );
  const missed = tries.filter(({ found }) => !found).map(({ name, error }) => `${name}: ${error.split('\n')[0]}`);
  return {
    planted: tries.length,
    planted_found: rounded(tries.filter(({ found }) => found).length / tries.length),
    planted_missed: missed,
  };
};

const findsPlanted = (routine: readonly string[], error: string, seed: number): boolean => {
  const at = (seed * 7919 * 13) % routine.length;
  const { patterns } = digestOf([...routine.slice(0, at), error, ...routine.slice(at)].join('\n'));
  const line = at + 1;
  return patterns.slice(0, topPatterns).some(({ samples }) => samples.some(({ lines }) => lines.from <= line && line <= lines.to));
};

/** A real log said over and over until it has fifty thousand lines. */
export const repeated = (text: string): string[] => {
  const lines = text.split('\n').filter((line) => line !== '');
  return Array.from({ length: logLines }, (_, k) => lines[k % lines.length] as string);
};

const generatedLines = async (): Promise<string[]> => {
  let text = '';
  for await (const chunk of generateLog({ bytes: 6_400_000, seed: 11 })) text += Buffer.from(chunk).toString('utf8');
  return text.split('\n').slice(0, logLines);
};

const digestOf = (text: string): Digest => {
  const digester = createDigester({ now: Date.UTC(2026, 0, 6) });
  digester.push(Buffer.from(text));
  return digester.finish();
};

/** Of the kinds of alert that BGL's operators told apart, how many are among the first twenty patterns. Their mark on each line is taken off first. */
export const rankBgl = (log: Buffer, labels: string): Record<string, unknown> => {
  const lines = log.toString('utf8').trimEnd().split('\n');
  const label = labels
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((row) => row.split(',')[1] ?? '-');
  const { patterns } = digestOf(lines.map((line) => line.slice(line.indexOf(' ') + 1)).join('\n'));
  const shown = patterns.slice(0, topPatterns);
  const isShown = (at: number): boolean => shown.some((pattern) => covers(pattern, at + 1, lines[at] as string));
  const alerts = label.flatMap((kind, at) => (kind === '-' ? [] : [at]));
  const kinds = [...new Set(label)].filter((kind) => kind !== '-');
  const missed = kinds.filter((kind) => !label.some((one, at) => one === kind && isShown(at)));
  return {
    bgl_alert_lines: alerts.length,
    bgl_alert_lines_found: rounded(alerts.filter(isShown).length / alerts.length),
    bgl_alert_categories: kinds.length,
    bgl_alert_categories_found: kinds.length - missed.length,
    bgl_missed: missed,
  };
};

const covers = ({ first, last, samples, template }: Pattern, line: number, text: string): boolean =>
  first.line === line || last.line === line || samples.some(({ lines }) => lines.from === line) || toExpression(template).test(text);

const toExpression = (template: string): RegExp =>
  new RegExp(
    `${template
      .split(/<[a-z]+>/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.+?')}\\s*$`,
  );
