import type { EntityName } from '@mikro-orm/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { entities } from '#db/entities/index.ts';
import { forWorkspace } from '#db/orm.ts';
import { newId } from '#src/core/ids.ts';
import { createTestApi } from '#tests/graphql/test-api.ts';
import { createTestDatabase, type TestDatabase } from '#tests/support/database.ts';

let database: TestDatabase;
let theirs: string;
let ours: string;
beforeAll(async () => {
  database = await createTestDatabase();
  const api = createTestApi(database.orm);
  theirs = await api.workspace();
  ours = await api.workspace();
  for (const [name, row] of Object.entries(rows)) await database.orm.em.fork().insert(entityOf(name), { workspaceId: theirs, ...row });
});
afterAll(() => database.drop());

const at = new Date();
const userId = newId('usr');
const logId = newId('log');

/** One row of every kind, in the order their references ask for. An entity without one fails the first test below. */
const rows: Record<string, object> = {
  User: { id: userId, email: 'row@example.com', name: 'Row', passwordHash: 'x', role: 'MEMBER', createdAt: at },
  Session: { id: 'ses_1', userId, familyId: 'ses_1', tokenHash: 'x', createdAt: at, expiresAt: at, rotatedAt: null, revokedAt: null },
  ApiToken: {
    id: 'tok_1',
    userId,
    kind: 'PERSONAL',
    name: 'x',
    tokenHash: 'x',
    preview: 'x',
    scopes: [],
    lastUsedAt: null,
    expiresAt: null,
    revokedAt: null,
    createdAt: at,
  },
  AuditEvent: { id: 'aud_1', at, actor: userId, actingFor: null, action: 'x', subjectId: null, requestId: null },
  Log: { id: logId, title: 'x', entry: 'API', status: 'QUEUED', progress: 0, createdBy: userId, createdAt: at },
  LogChunk: { logId, seq: 0, firstLine: 1, newlines: 0, bytes: 1, data: Buffer.from('x') },
  LogRating: { logId, ratedBy: userId, helpful: true, ratedAt: at },
  LogResult: { logId, digest: {}, summary: null, receipt: null, digestedAt: at, summarizedAt: null },
  SourceMemory: { source: 'x', logs: 1, hours: 1, lastSeen: at },
  PatternMemory: {
    source: 'x',
    key: 'x',
    template: 'x',
    level: 'info',
    logs: 1,
    records: 1,
    hoursBefore: 0,
    firstSeen: at,
    firstLogId: logId,
    lastSeen: at,
    noise: false,
  },
  LogFingerprint: { logId, source: 'x', keys: [], at },
  Incident: {
    id: 'inc_1',
    groupKey: 'x',
    status: 'FIRING',
    channel: 'C1',
    title: 'x',
    services: [],
    alerts: [],
    startedAt: at,
    resolvedAt: null,
    updatedAt: at,
  },
  LogQuestion: { id: 'qst_1', logId, question: 'x', status: 'QUEUED', createdBy: userId, createdAt: at },
  EngineSpend: { day: '2026-07-01', tokens: 1, usd: 0, refused: 0 },
  EngineCall: { id: 'call_1', subjectId: logId, at, outcome: 'x', receipt: null },
  Delivery: { id: 'dlv_1', subjectId: logId, replyTo: {}, state: 'WAITING', rootTs: null, messageTs: null, createdAt: at, updatedAt: at },
  TriageSettings: {
    emoji: 'ticket',
    threshold: 0.5,
    delaySeconds: 0,
    restrictedChannels: [],
    businessHours: { timeZone: 'UTC', days: [1], from: '09:00', to: '17:00' },
    adminChannel: null,
    nextNumber: 1,
    updatedAt: at,
  },
  Category: { id: 'cat_1', name: 'x', description: 'x', team: 'x', mode: 'SUPERVISED', targetPrecision: 0.8, createdAt: at },
  Ticket: {
    id: 'tkt_1',
    number: 1,
    title: 'x',
    body: 'x',
    entry: 'API',
    reporter: userId,
    status: 'QUEUED',
    state: 'NEW',
    categoryId: 'cat_1',
    fields: [],
    touched: false,
    createdBy: userId,
    createdAt: at,
    updatedAt: at,
  },
  TicketEmbedding: { ticketId: 'tkt_1', model: 'x', textHash: 'x', vector: Buffer.from('x'), signature: '0'.repeat(256), createdAt: at },
  TriageModel: { id: 'mdl_1', version: 1, data: Buffer.from('x'), report: {}, createdAt: at },
  TriageAdvice: { id: 'adv_1', week: '2026-11-23', content: {}, createdAt: at },
  TriageNight: { id: 'ngt_1', day: '2026-11-23', report: {}, createdAt: at },
  TriageReplay: { id: 'rpl_1', model: 'NEW', last: 1, engine: false, status: 'QUEUED', createdAt: at },
  Change: {
    id: 'chg_1',
    source: 'git',
    externalKey: 'x',
    system: 'x',
    kind: 'commit',
    title: 'x',
    body: 'x',
    refs: [],
    labels: [],
    paths: [],
    breaking: false,
    restricted: false,
    time: at,
    merged: [],
    createdBy: userId,
    receivedAt: at,
  },
  Changelog: {
    id: 'clg_1',
    scope: {},
    from: at,
    to: at,
    audience: 'engineers',
    format: 'JSON',
    status: 'QUEUED',
    rejected: 0,
    createdBy: userId,
    createdAt: at,
  },
  ChangelogEntry: {
    changelogId: 'clg_1',
    position: 0,
    key: 'x',
    section: 'Added',
    text: 'x',
    wordedBy: 'BUILTIN',
    breaking: false,
    changes: [],
    refs: [],
    tickets: [],
  },
  ChangelogEdit: { audience: 'engineers', entryKey: 'x', text: 'x', editedBy: userId, editedAt: at },
  ChangelogPlacement: { audience: 'engineers', entryKey: 'x', changes: [], section: null, leftOut: true, placedBy: userId, placedAt: at },
  ChangelogInclusion: { audience: 'engineers', changeId: 'x', includedBy: userId, includedAt: at },
  ChangelogSettings: { leakList: [], eventChannels: [], updatedAt: at },
  ChangelogSubscription: {
    id: 'csb_1',
    channel: 'C1',
    owner: 'U1',
    every: 'WEEKLY',
    weekday: 1,
    time: '09:00',
    timeZone: 'UTC',
    systems: [],
    audience: 'company',
    emptyPeriods: 'SILENT',
    draftFirst: false,
    coveredUntil: at,
    plannedUntil: at,
    nextAt: at,
    createdBy: userId,
    createdAt: at,
  },
  ChangelogPost: {
    id: 'pst_1',
    subscriptionId: 'csb_1',
    purpose: 'PERIOD',
    channel: 'C1',
    owner: 'U1',
    systems: [],
    audience: 'company',
    timeZone: 'UTC',
    from: at,
    to: at,
    covers: 1,
    state: 'COMPOSING',
    createdBy: userId,
    createdAt: at,
  },
  ChannelPace: { channel: 'C1', lastAt: at, nextTurnAt: at },
  WebhookIn: {
    id: 'whk_1',
    name: 'x',
    kind: 'TICKET',
    sealedSecret: 'x',
    signatureHeader: 'x',
    signatureScheme: 'HEX',
    mapping: {},
    filter: [],
    createdAt: at,
  },
  WebhookOut: { id: 'who_1', name: 'x', url: 'https://x', events: [], sealedSecret: 'x', failuresInARow: 0, createdAt: at },
};

const owned = entities.filter(({ meta }) => 'workspaceId' in meta.properties).map(({ meta }) => String(meta.className));

function entityOf(name: string): EntityName<object> {
  const entity = entities.find(({ meta }) => meta.className === name);
  if (!entity) throw new Error(`There is no entity ${name}.`);
  return entity as EntityName<object>;
}

test('every kind of row belongs to a workspace, but workspaces, setup tokens, workers and counts of sign-ins', () => {
  const free = entities.map(({ meta }) => String(meta.className)).filter((name) => !owned.includes(name));
  expect(free.sort()).toEqual(['LoginThrottle', 'SetupToken', 'Worker', 'Workspace']);
  expect(Object.keys(rows).sort()).toEqual([...owned].sort());
});

test.each(owned)('a %s of another workspace is not found, changed or deleted', async (name) => {
  const entity = entityOf(name);
  expect(await forWorkspace(database.orm, theirs).count(entity, {})).toBe(1);
  expect(await forWorkspace(database.orm, ours).find(entity, {})).toEqual([]);
  expect(await forWorkspace(database.orm, ours).nativeUpdate(entity, {}, { workspaceId: ours } as object)).toBe(0);
  expect(await forWorkspace(database.orm, ours).nativeDelete(entity, {})).toBe(0);
  await expect(database.orm.em.fork().find(entity, {})).rejects.toThrow('workspace');
});
