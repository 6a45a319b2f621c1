import type { Log } from '#db/entities/log.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Digest } from '#src/logs/digest/types.ts';
import type { LogService, SubmitLog } from '#src/logs/service.ts';
import type { LogSummary } from '#src/logs/summary.ts';

export type FakeLogs = LogService & {
  /** What reached the service, with the bytes that were read. */
  received: { actor: Actor; input: SubmitLog; text: string }[];
  /** Watchers that were told to stop. */
  ended: number;
};

/** Keeps logs in memory, apart by workspace; counts bytes like the real one. */
export const createFakeLogs = (): FakeLogs => {
  const rows = new Map<string, Log>();
  const mine = (actor: Actor, id: string): Log | null => {
    const log = rows.get(id);
    return log?.workspaceId === actor.workspaceId ? log : null;
  };
  const found = (actor: Actor, id: string): Log => {
    const log = mine(actor, id);
    if (!log) throw new AppError('NOT_FOUND', 'That log was not found.', { field: 'id' });
    return log;
  };
  const fake: FakeLogs = {
    received: [],
    ended: 0,
    async submitLog(actor, input) {
      requireScope(actor, 'LOGS_WRITE');
      const text = input.content.kind === 'bytes' ? await readAll(input.content.bytes, input.content.maxBytes) : '';
      fake.received.push({ actor, input, text });
      const log = createLog(actor, input.title?.trim() || input.fileName || 'Untitled', text.length);
      rows.set(log.id, log);
      return { log, replayed: false };
    },
    async askLog(actor, input) {
      found(actor, 'logId' in input.log ? input.log.logId : '');
      throw new AppError('CONFLICT', 'This log has not been read yet.');
    },
    async markNoise(actor, { logId }) {
      return found(actor, logId).id;
    },
    async rateLog(actor, { logId, helpful }) {
      return { logId: found(actor, logId).id, helpful, changed: true, by: 'builtin' };
    },
    async ratings() {
      return { helpful: 0, notHelpful: 0 };
    },
    async logsAbout() {
      return [];
    },
    async ticketsAbout() {
      return [];
    },
    async logQuestion() {
      return null;
    },
    async cancelLog(actor, id) {
      return Object.assign(found(actor, id), { status: 'CANCELLED' });
    },
    async retryLog(actor, id) {
      return Object.assign(found(actor, id), { status: 'QUEUED' });
    },
    async deleteLog(actor, id) {
      return found(actor, id).id;
    },
    async log(actor, id) {
      return mine(actor, id);
    },
    async logs(actor) {
      const edges = [...rows.values()]
        .filter(({ workspaceId }) => workspaceId === actor.workspaceId)
        .map((node) => ({ cursor: node.id, node }));
      return { edges, pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null } };
    },
    async logSummary(actor, id) {
      const log = mine(actor, id);
      if (!log) return null;
      const result = {
        logId: id,
        workspaceId: log.workspaceId,
        digest,
        summary,
        receipt,
        digestedAt: log.createdAt,
        summarizedAt: log.createdAt,
      };
      return { log, result: result as unknown as NonNullable<NonNullable<Awaited<ReturnType<LogService['logSummary']>>>['result']> };
    },
    async logLines(actor, id, from) {
      found(actor, id);
      return [{ number: from, text: 'a line', truncated: false }];
    },
    async *watchLog(actor, id, signal) {
      const log = found(actor, id);
      yield { ...log, status: 'QUEUED' } as Log;
      yield { ...log, status: 'DIGESTED', progress: 0.5 } as Log;
      if (log.title === 'never done') await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
      if (signal?.aborted) fake.ended += 1;
      else yield { ...log, status: 'SUCCEEDED', progress: 1 } as Log;
    },
  };
  return fake;
};

const readAll = async (bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> => {
  const parts: Uint8Array[] = [];
  let read = 0;
  for await (const part of bytes) {
    read += part.byteLength;
    if (read > maxBytes) throw new AppError('TOO_LARGE', `This log has more than ${maxBytes} bytes. Nothing was kept.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
};

const createLog = (actor: Actor, title: string, bytes: number): Log =>
  ({
    id: newId('log'),
    workspaceId: actor.workspaceId,
    title,
    source: null,
    entry: 'API',
    origin: null,
    status: 'QUEUED',
    progress: 0,
    bytes,
    lineCount: 3_000_000_000,
    failure: null,
    createdBy: actor.id,
    actingFor: actor.actingFor,
    idempotencyKey: null,
    requestId: actor.requestId,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    finishedAt: null,
  }) as unknown as Log;

const digest: Digest = {
  version: 1,
  ledger: { lines: 10, inPatterns: 9, inOther: 0, inRemainder: 0, blank: 1, unreadBytes: 70 },
  bytes: 100,
  records: 9,
  levels: { fatal: 0, error: 4, warn: 0, info: 5, debug: 0, trace: 0, unknown: 0 },
  time: {
    first: '2026-01-01T00:00:00Z',
    last: '2026-01-01T00:01:00Z',
    durationMs: 60_000,
    zone: 'stated',
    zoneAssumed: true,
    yearInferred: false,
  },
  histogram: null,
  patterns: [
    {
      id: 'P1',
      template: 'timeout after <num> ms',
      level: 'error',
      levelInferred: false,
      levels: { error: 4 },
      count: 4,
      lines: 4,
      first: { line: 2, time: null },
      last: { line: 9, time: null },
      samples: [{ lines: { from: 2, to: 2 }, text: 'timeout after 30 ms' }],
      variables: [{ index: 0, kind: 'num', distinct: 2, exact: true, top: [{ value: '30', count: 3 }] }],
      histogram: null,
      reasons: ['error level'],
      score: 1,
    },
  ],
  other: { patterns: 2, records: 0, lines: 0 },
};

const summary: LogSummary = {
  headline: 'Calls timed out',
  severity: 'high',
  whatIsGoingOn: [
    { text: 'Four timeouts', confidence: 'high', evidence: [{ pattern: 'P1', lines: { from: 2, to: 9 }, quote: 'timeout after 30 ms' }] },
  ],
  likelyCauses: [],
  impact: [],
  nextSteps: [{ text: 'Look at the pool', confidence: null, evidence: [] }],
  unsupportedDropped: 1,
};

const receipt = {
  engine: 'builtin',
  model: 'builtin',
  task: 'summarize-log',
  promptVersion: '1',
  tokensIn: 0,
  tokensOut: 0,
  costUsd: 0,
  durationMs: 1.4,
  maskedCounts: { email: 2 },
  sentHash: null,
  sentBytes: 0,
};
