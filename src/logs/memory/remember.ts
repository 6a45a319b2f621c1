import { raw } from '@mikro-orm/core';
import { Log } from '#db/entities/log.ts';
import { type LeadingProblem, LogFingerprint } from '#db/entities/log-fingerprint.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { PatternMemory } from '#db/entities/pattern-memory.ts';
import { SourceMemory } from '#db/entities/source-memory.ts';
import { toJsonb } from '#db/jsonb.ts';
import { type Db, queryRows } from '#db/orm.ts';
import { enqueueDelivery } from '#src/delivery/enqueue-delivery.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { isGrave, isSevere, type Problem, problemsOf } from '#src/logs/failures/problems.ts';
import { onTheClock, zonesOfWorkspace } from './assume-zone.ts';
import {
  type Comparison,
  compare,
  hoursOf,
  isEveryDay,
  LOGS_TO_KNOW,
  type Remembered,
  rateOf,
  type SourceTotals,
  shorten,
  unlistedIn,
} from './compare.ts';
import { findChanges } from './find-changes.ts';
import { findTickets, phrasesToQuote } from './find-tickets.ts';
import type { Normal } from './normal.ts';
import { keyOf, likenessOf, SAME_INCIDENT, storable, toLeading } from './same-incident.ts';
import { moreGeneral } from './same-kind.ts';
import { MOST_RATES } from './usual-rate.ts';

/** Beyond, only problems are remembered: a source whose records never repeat would fill the table with one-offs. */
const MOST_KINDS = 2_000;
const LEADING = 8;
const LOOK_BACK = 50;

export type Looked = { normal: Normal; keep(db: Db): Promise<void> };

type Subject = { logId: string; workspaceId: string; source: string; title: string; handedIn: Date; now: Date };

/**
 * Holds a digest against what is remembered of its source. Nothing is written: `keep` adds this log to the memory, and is to be called in the
 * transaction that stores the digest, so that a log counts once however often its job is run.
 */
export const lookUpNormal = async (db: Db, subject: Subject, digest: Digest): Promise<Looked> => {
  const { source } = subject;
  const totals = (await db.findOne(SourceMemory, { source })) ?? { logs: 0, hours: 0, unlisted: 'NONE' as const };
  const remembered = await db.find(PatternMemory, { source }, { limit: MOST_KINDS, orderBy: { lastSeen: 'desc' } });
  const comparison = compare(digest, remembered, totals);
  const leading = problemsOf(digest)
    .filter(({ pattern }) => !comparison.noise.includes(pattern.id))
    .slice(0, LEADING);
  const patterns = leading.map(({ pattern }) => pattern);
  // What makes an incident is not what is there on any day.
  const telling = leading.filter((problem) => isReal(problem) && !isEveryDay(comparison.kinds.get(problem.pattern.id) ?? null, totals));
  const problems = telling.map((problem) => toLeading(problem, comparison.kinds.get(problem.pattern.id)?.key));
  const clock = digest.time && onTheClock(digest.time, subject.handedIn, digest.time.zone === 'stated' ? [] : await zonesOfWorkspace(db));
  const phrases = phrasesToQuote(patterns);
  const tickets = await findTickets(db, phrases);
  const { kinds: _, ...compared } = comparison;
  const normal: Normal = {
    ...shorten(compared),
    // Before that, what is there on any day cannot be told from an incident.
    sameAs: totals.logs >= LOGS_TO_KNOW ? await findSame(db, subject, problems) : null,
    changes: clock ? await findChanges(db, { ...subject, clock }, digest, compared.firstSeen.slice(0, LEADING), patterns) : [],
    tickets: tickets.map(({ name }) => name),
  };
  return {
    normal,
    keep: async (tx) => {
      await keepKinds(tx, subject, digest, comparison, totals, remembered.length);
      const { logId, workspaceId, now: at } = subject;
      await tx.upsert(LogFingerprint, { logId, workspaceId, source, keys: problems.map(({ key }) => key), problems, phrases, at });
      // Their threads name this log from now on.
      for (const { id } of tickets) await enqueueDelivery(tx, id);
    },
  };
};

const isReal = ({ pattern, kind }: Problem): boolean => isSevere(pattern) || (kind !== null && kind.root >= 2 && !kind.vague);

const findSame = async (db: Db, { source, logId }: Subject, problems: LeadingProblem[]): Promise<Normal['sameAs']> => {
  if (problems.length === 0) return null;
  const earlier = await db.find(LogFingerprint, { source, logId: { $ne: logId } }, { orderBy: { at: 'desc' }, limit: LOOK_BACK });
  const [best] = earlier
    .map((one) => ({ one, ...likenessOf(problems, problemsIn(one)) }))
    .filter(({ like, shared }) => like >= SAME_INCIDENT && shared > 0)
    .sort((a, b) => b.like - a.like || b.one.at.getTime() - a.one.at.getTime());
  const log = best && (await db.findOne(Log, { id: best.one.logId }));
  if (!log) return null;
  const at = (await timeOf(db, log.id)) ?? best.one.at.toISOString();
  return { logId: log.id, title: log.title, at, shared: best.shared, of: best.of };
};

const problemsIn = ({ problems, keys }: LogFingerprint): LeadingProblem[] =>
  problems.length > 0 ? problems : keys.map((key) => ({ key, template: '', failure: null }));

/** When an incident was, by its log's own clock: it may have been handed in days later. */
const timeOf = async (db: Db, logId: string): Promise<string | null> => {
  const [row] = await queryRows(db, LogResult)
    .select(raw(`digest->'time'->>'first' as "first"`))
    .andWhere({ logId })
    .execute<{ first: string | null }[]>();
  const first = row?.first ?? null;
  return first && !/(?:Z|[+-]\d\d:\d\d)$/.test(first) ? `${first}Z` : first;
};

const keepKinds = async (
  db: Db,
  { logId, workspaceId, source, now }: Subject,
  digest: Digest,
  { kinds }: Comparison,
  totals: SourceTotals,
  known: number,
): Promise<void> => {
  const connection = db.getConnection();
  const within = db.getTransactionContext();
  await connection.execute(
    `insert into source_memory (workspace_id, source, logs, hours, unlisted, last_seen) values (?, ?, 1, ?, ?, ?)
     on conflict (workspace_id, source) do update set logs = source_memory.logs + 1, hours = source_memory.hours + excluded.hours,
       unlisted = case when 'PROBLEMS' in (source_memory.unlisted, excluded.unlisted) then 'PROBLEMS'
         when 'ROUTINE' in (source_memory.unlisted, excluded.unlisted) then 'ROUTINE' else 'NONE' end, last_seen = excluded.last_seen`,
    [workspaceId, source, hoursOf(digest), unlistedIn(digest), now],
    'run',
    within,
  );
  const rows = new Map<string, KindRow>();
  for (const pattern of digest.patterns) {
    const kind = kinds.get(pattern.id) ?? null;
    if (!kind && known + rows.size >= MOST_KINDS && !isGrave(pattern)) continue;
    const row = toRow(pattern, kind, totals.hours, hoursOf(digest));
    const same = rows.get(row.key);
    rows.set(row.key, same ? together(same, row) : row);
  }
  // By key, so that two logs of a source that end at the same time wait for each other instead of locking each other out.
  const ordered = [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  if (ordered.length === 0) return;
  await connection.execute(
    `insert into pattern_memory (workspace_id, source, key, template, level, logs, records, rates, hours_before, first_seen, first_log_id, last_seen, noise)
     select ?, ?, row.key, row.template, row.level, 1, row.records, array_remove(array[row.rate], null), row."hoursBefore", ?, ?, ?, false
     from jsonb_to_recordset(?::jsonb) as row(key text, template text, level text, records bigint, rate float8, "hoursBefore" float8)
     on conflict (workspace_id, source, key) do update set template = excluded.template, logs = pattern_memory.logs + 1,
       records = pattern_memory.records + excluded.records, last_seen = excluded.last_seen,
       rates = (pattern_memory.rates || excluded.rates)[greatest(1, cardinality(pattern_memory.rates || excluded.rates) - ? + 1):]`,
    [workspaceId, source, now, logId, now, toJsonb(ordered), MOST_RATES],
    'run',
    within,
  );
};

type KindRow = { key: string; template: string; level: string; records: number; rate: number | null; hoursBefore: number };

const toRow = (pattern: Pattern, kind: Remembered | null, hoursBefore: number, hours: number): KindRow => ({
  key: kind?.key ?? keyOf(pattern.template),
  template: storable(kind ? moreGeneral(kind.template, pattern.template) : pattern.template),
  level: pattern.level,
  records: pattern.count,
  rate: rateOf(pattern, hours),
  hoursBefore: kind?.hoursBefore ?? hoursBefore,
});

/** Two patterns of a log that are one kind of record. */
const together = (one: KindRow, other: KindRow): KindRow => ({
  ...one,
  records: one.records + other.records,
  rate: one.rate === null || other.rate === null ? null : one.rate + other.rate,
  template: moreGeneral(one.template, other.template),
});
