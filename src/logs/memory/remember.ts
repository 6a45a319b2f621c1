import { createHash } from 'node:crypto';
import { Change } from '#db/entities/change.ts';
import { Log } from '#db/entities/log.ts';
import { LogFingerprint } from '#db/entities/log-fingerprint.ts';
import { PatternMemory } from '#db/entities/pattern-memory.ts';
import { SourceMemory } from '#db/entities/source-memory.ts';
import { Ticket } from '#db/entities/ticket.ts';
import { toJsonb } from '#db/jsonb.ts';
import { type Db, queryRows } from '#db/orm.ts';
import type { Digest, Pattern } from '#src/logs/digest/types.ts';
import { problemsOf } from '#src/logs/problems.ts';
import { type Comparison, compare, hoursOf, type Remembered, type SourceTotals, shorten } from './compare.ts';
import type { Normal } from './normal.ts';
import { moreGeneral } from './same-kind.ts';

/** Beyond, only problems are remembered: a source whose records never repeat would fill the table with one-offs. */
const MOST_KINDS = 2_000;
const LEADING = 8;
const LOOK_BACK = 50;
const SAME_SHARE = 0.6;
const BEFORE_MS = 60 * 60_000;
const MOST_CHANGES = 3;
const MOST_TICKETS = 5;

export type Looked = { normal: Normal; keep(db: Db): Promise<void> };

type Subject = { logId: string; workspaceId: string; source: string; now: Date };

/**
 * Holds a digest against what is remembered of its source. Nothing is written: `keep` adds this log to the memory, and is to be called in the
 * transaction that stores the digest, so that a log counts once however often its job is run.
 */
export const lookUpNormal = async (db: Db, subject: Subject, digest: Digest): Promise<Looked> => {
  const { source } = subject;
  const totals = (await db.findOne(SourceMemory, { source })) ?? { logs: 0, hours: 0 };
  const remembered = await db.find(PatternMemory, { source }, { limit: MOST_KINDS, orderBy: { lastSeen: 'desc' } });
  const comparison = compare(digest, remembered, totals);
  const leading = problemsOf(digest)
    .map(({ pattern }) => pattern)
    .filter(({ id }) => !comparison.noise.includes(id))
    .slice(0, LEADING);
  const keys = leading.map((pattern) => comparison.kinds.get(pattern.id)?.key ?? keyOf(pattern.template));
  const { kinds: _, ...compared } = comparison;
  const normal: Normal = {
    ...shorten(compared),
    sameAs: await findSame(db, subject, keys),
    changes: await findChanges(db, digest, compared.firstSeen.slice(0, LEADING)),
    tickets: await findTickets(db, leading),
  };
  return {
    normal,
    keep: async (tx) => {
      await keepKinds(tx, subject, digest, comparison, totals, remembered.length);
      await tx.upsert(LogFingerprint, { logId: subject.logId, workspaceId: subject.workspaceId, source, keys, at: subject.now });
    },
  };
};

const keyOf = (template: string): string => createHash('sha256').update(template).digest('hex').slice(0, 24);

const findSame = async (db: Db, { source, logId }: Subject, keys: string[]): Promise<Normal['sameAs']> => {
  if (keys.length === 0) return null;
  const earlier = await db.find(LogFingerprint, { source, logId: { $ne: logId } }, { orderBy: { at: 'desc' }, limit: LOOK_BACK });
  const [best] = earlier
    .map((one) => ({ one, shared: one.keys.filter((key) => keys.includes(key)).length, of: new Set([...one.keys, ...keys]).size }))
    .filter(({ shared, of }) => of > 0 && shared / of >= SAME_SHARE)
    .sort((a, b) => b.shared / b.of - a.shared / a.of || b.one.at.getTime() - a.one.at.getTime());
  const log = best && (await db.findOne(Log, { id: best.one.logId }));
  return log ? { logId: log.id, title: log.title, at: best.one.at.toISOString(), shared: best.shared, of: best.of } : null;
};

/** Recorded changes in the hour before something was seen for the first time ever. Only where the log states its time zone. */
const findChanges = async (db: Db, digest: Digest, firstSeen: string[]): Promise<Normal['changes']> => {
  if (digest.time?.zone !== 'stated') return [];
  const found: Normal['changes'] = [];
  for (const pattern of digest.patterns.filter(({ id }) => firstSeen.includes(id))) {
    if (!pattern.first.time || found.length >= MOST_CHANGES || !isGrave(pattern)) continue;
    const first = Date.parse(pattern.first.time);
    const [change] = await db.find(
      Change,
      { time: { $gte: new Date(first - BEFORE_MS), $lte: new Date(first) }, kind: { $ne: 'ticket' } },
      { orderBy: { time: 'desc' }, limit: 1 },
    );
    if (change && !found.some(({ changeId }) => changeId === change.id))
      found.push({ pattern: pattern.id, changeId: change.id, title: change.title, system: change.system, at: change.time.toISOString() });
  }
  return found;
};

const isGrave = ({ level }: Pattern): boolean => level === 'fatal' || level === 'error' || level === 'warn';

/** Open tickets in which a leading problem stands word for word, from its first words that never vary. */
const findTickets = async (db: Db, leading: Pattern[]): Promise<string[]> => {
  const phrases = leading.flatMap((pattern) => longestPhrase(pattern.template) ?? []);
  const numbers = new Set<number>();
  for (const phrase of phrases.slice(0, 3)) {
    const rows = await queryRows(db, Ticket)
      .select('number')
      .andWhere(`to_tsvector('simple', "title" || ' ' || left("body", 50000)) @@ phraseto_tsquery('simple', ?)`, [phrase])
      .andWhere({ state: { $nin: ['RESOLVED', 'MERGED', 'WITHDRAWN', 'NOT_A_TICKET'] } })
      .orderBy({ number: 'desc' })
      .limit(MOST_TICKETS)
      .execute<{ number: number }[]>();
    for (const { number } of rows) numbers.add(number);
  }
  return [...numbers].slice(0, MOST_TICKETS).map((number) => `T-${number}`);
};

const longestPhrase = (template: string): string | null => {
  const [longest = ''] = template
    .split(/<[a-z]+>|[\n↳]/)
    .map((part) => part.trim())
    .sort((a, b) => b.length - a.length);
  return longest.split(/\s+/).length >= 3 && longest.length >= 16 ? longest.slice(0, 200) : null;
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
    `insert into source_memory (workspace_id, source, logs, hours, last_seen) values (?, ?, 1, ?, ?)
     on conflict (workspace_id, source) do update set logs = source_memory.logs + 1, hours = source_memory.hours + excluded.hours, last_seen = excluded.last_seen`,
    [workspaceId, source, hoursOf(digest), now],
    'run',
    within,
  );
  const rows = new Map<string, KindRow>();
  for (const pattern of digest.patterns) {
    const kind = kinds.get(pattern.id) ?? null;
    if (!kind && known + rows.size >= MOST_KINDS && !isGrave(pattern)) continue;
    const row = toRow(pattern, kind, totals.hours);
    const same = rows.get(row.key);
    rows.set(row.key, same ? { ...same, records: same.records + row.records, template: moreGeneral(same.template, row.template) } : row);
  }
  // By key, so that two logs of a source that end at the same time wait for each other instead of locking each other out.
  const ordered = [...rows.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  if (ordered.length === 0) return;
  await connection.execute(
    `insert into pattern_memory (workspace_id, source, key, template, level, logs, records, hours_before, first_seen, first_log_id, last_seen, noise)
     select ?, ?, row.key, row.template, row.level, 1, row.records, row."hoursBefore", ?, ?, ?, false
     from jsonb_to_recordset(?::jsonb) as row(key text, template text, level text, records bigint, "hoursBefore" float8)
     on conflict (workspace_id, source, key) do update set template = excluded.template, logs = pattern_memory.logs + 1,
       records = pattern_memory.records + excluded.records, last_seen = excluded.last_seen`,
    [workspaceId, source, now, logId, now, toJsonb(ordered)],
    'run',
    within,
  );
};

type KindRow = { key: string; template: string; level: string; records: number; hoursBefore: number };

const toRow = ({ template, level, count }: Pattern, kind: Remembered | null, hours: number): KindRow => ({
  key: kind?.key ?? keyOf(template),
  template: (kind ? moreGeneral(kind.template, template) : template).replaceAll('\u0000', '').slice(0, 2_000),
  level,
  records: count,
  hoursBefore: kind?.hoursBefore ?? hours,
});
