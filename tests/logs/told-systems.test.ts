import { describe, expect, test } from 'vitest';
import { digestText } from '#src/logs/digest/index.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import { verifySummary } from '#src/logs/verify/verify-summary.ts';

const many = (count: number, line: (at: number) => string): string[] => Array.from({ length: count }, (_, at) => line(at));
const two = (number: number): string => String(number).padStart(2, '0');
const clock = (second: number): string => `04:${two(Math.floor(second / 60))}:${two(second % 60)}`;

const summarize = (lines: string[]) => {
  const digest = digestText(lines.join('\n'), { now: Date.UTC(2026, 10, 29) });
  const { headline, severity, unsupportedDropped } = verifySummary(summarizeOffline({ digest }), digest);
  expect(unsupportedDropped).toBe(0);
  return { headline, severity };
};

describe('what stopped a system is named in words that whoever runs it knows', () => {
  test.each<[string, string[], RegExp, string]>([
    [
      'a store of secrets that cannot open its key',
      [
        ...many(60, (at) => `2026-11-22T${clock(at)}.120Z [INFO]  expiration: revoked lease: lease_id=database/creds/app/${at * 77}`),
        `2026-11-22T${clock(70)}.120Z [INFO]  core: vault is sealed`,
        ...many(
          8,
          (at) => `2026-11-22T${clock(80 + at * 3)}.1Z [ERROR] core: failed to unseal: error="fetching stored unseal keys failed: ${at}"`,
        ),
      ],
      /^A store of secrets is sealed/,
      'critical',
    ],
    [
      'replicas that are away, and no pause that was noted before',
      [
        ...many(
          60,
          (at) =>
            `INFO  [CompactionExecutor:${at}] 2026-11-22 ${clock(at)},120 CompactionTask.java:241 - Compacted 4 sstables in ${at * 9}ms.`,
        ),
        `WARN  [GossipTasks:1] 2026-11-22 ${clock(70)},120 FailureDetector.java:319 - Not marking nodes down due to local pause of 6187000000`,
        ...many(
          9,
          (at) =>
            `ERROR [Requests-${at}] 2026-11-22 ${clock(80 + at)},120 QueryMessage.java:129 - Unexpected error during query\norg.apache.cassandra.exceptions.UnavailableException: Cannot achieve consistency level LOCAL_QUORUM\n\tat org.apache.cassandra.service.StorageProxy.mutate(StorageProxy.java:700)`,
        ),
      ],
      /^Too few replicas answer/,
      'high',
    ],
    [
      'a storage cluster without room, and no mere check',
      [
        ...many(
          60,
          (at) => `2026-11-22T${clock(at)}.120+0000 mgr.a (mgr.4107) ${900 + at} : cluster [DBG] pgmap v${at}: 305 pgs: 305 active+clean`,
        ),
        `2026-11-22T${clock(70)}.120+0000 mon.a (mon.0) 402 : cluster [WRN] Health check failed: 1 osds down (OSD_DOWN)`,
        `2026-11-22T${clock(80)}.120+0000 mon.a (mon.0) 410 : cluster [ERR] Health check failed: 1 full osd(s) (OSD_FULL)`,
      ],
      /^A disk is full/,
      'high',
    ],
    [
      'paths to the storage that fail one after another',
      [
        ...many(40, (at) => `Nov 22 ${clock(at)} db1 systemd[1]: Started Session ${100 + at} of user root.`),
        ...many(
          3,
          (at) =>
            `Nov 22 ${clock(60 + at)} db1 multipathd[871]: sd${'cde'[at]}: mark as failed\nNov 22 ${clock(60 + at)} db1 multipathd[871]: mpatha: remaining active paths: ${2 - at}`,
        ),
        `Nov 22 ${clock(70)} db1 kernel: device-mapper: multipath: 253:2: Failing path 8:32.`,
        `Nov 22 ${clock(71)} db1 kernel: EXT4-fs (dm-2): Remounting filesystem read-only`,
      ],
      /^The way to the storage is lost/,
      'high',
    ],
    [
      'workers that are all taken, before requests that time out for it',
      [
        ...many(40, (at) => `[22-Nov-2026 ${clock(at)}] NOTICE: [pool www] child ${700 + at} started`),
        ...many(
          9,
          (at) => `[22-Nov-2026 ${clock(60 + at)}] WARNING: [pool www] server reached pm.max_children setting (50), consider raising it`,
        ),
        ...many(
          5,
          (at) =>
            `[22-Nov-2026 ${clock(70 + at)}] WARNING: [pool www] child ${900 + at}, script '/srv/pay.php' execution timed out (60.1 sec), terminating`,
        ),
      ],
      /^All workers are busy/,
      'medium',
    ],
    [
      'mailboxes that are full, and no calls that are throttled',
      many(
        60,
        (at) =>
          `Nov 22 ${clock(at)} mx1 postfix/lmtp[${400 + at}]: ${(at + 99).toString(16).toUpperCase()}A7F: to=<u${at}@example.com>, relay=mx1[private/lmtp], delay=${at}, dsn=${at < 40 ? '2.0.0, status=sent (250 2.0.0 Saved)' : `4.2.2, status=deferred (host mx1[private/lmtp] said: 452 4.2.2 <u${at}@example.com> Quota exceeded (mailbox for user is full) (in reply to end of DATA command))`}`,
      ),
      /^Mailboxes are full/,
      'medium',
    ],
    [
      'a listener that turns clients away below a line that seems routine',
      many(
        60,
        (at) =>
          `22-NOV-2026 ${clock(at)} * (CONNECT_DATA=(SERVICE_NAME=ORCL)(CID=(PROGRAM=java)(HOST=app${at % 4})(USER=app))) * (ADDRESS=(PROTOCOL=tcp)(HOST=10.0.0.7)(PORT=${30000 + at * 7})) * establish * ORCL * ${at < 45 ? 0 : '12516\nTNS-12516: TNS:listener could not find available handler with matching protocol stack'}`,
      ),
      /^All workers are busy|TNS-12516|could not find available handler/,
      'high',
    ],
    [
      'tables that take no writes since their coordinator is lost',
      [
        ...many(
          60,
          (at) => `2026.11.22 ${clock(at)}.123456 [ 311 ] {7f-aaaa} <Debug> executeQuery: Read ${at * 31} rows in 0.0${10 + at} sec.`,
        ),
        ...many(
          5,
          (at) =>
            `2026.11.22 ${clock(70 + at)}.123456 [ 312 ] {} <Error> shop.events (a1b2): Code: 999. Coordination::Exception: Session expired. (KEEPER_EXCEPTION), Stack trace (when copying this message, always include the lines below):\n\n0. DB::Exception::Exception(DB::Exception::MessageMasked&&, int, bool) @ 0x000000000c61ff37 in /usr/bin/clickhouse\n1. main @ 0x00000000114a2d2c in /usr/bin/clickhouse`,
        ),
      ],
      /^The service that coordinates a cluster does not answer/,
      'medium',
    ],
    [
      'names that somebody tries',
      many(
        60,
        (at) =>
          `2026-11-22 ${clock(at)},120 WARN  [org.keycloak.events] (executor-thread-${at}) type="LOGIN_ERROR", realmId="shop", ipAddress="185.220.101.${at % 4}", error="user_not_found", username="user${at * 7}"`,
      ),
      /^Logins are rejected: 60 times/,
      'low',
    ],
  ])('%s', (_, lines, headline, severity) => {
    const said = summarize(lines);
    expect(said.headline).toMatch(headline);
    expect(said.severity).toBe(severity);
  });
});
