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
  LogResult: { logId, digest: {}, summary: null, receipt: null, digestedAt: at, summarizedAt: null },
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
  TriageModel: { id: 'mdl_1', version: 1, data: Buffer.from('x'), report: {}, createdAt: at },
  TriageAdvice: { id: 'adv_1', week: '2026-11-23', content: {}, createdAt: at },
  TriageReplay: { id: 'rpl_1', model: 'NEW', last: 1, engine: false, status: 'QUEUED', createdAt: at },
  WebhookIn: {
    id: 'whk_1',
    name: 'x',
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

test('every kind of row belongs to a workspace, but workspaces, setup tokens and counts of sign-ins', () => {
  const free = entities.map(({ meta }) => String(meta.className)).filter((name) => !owned.includes(name));
  expect(free.sort()).toEqual(['LoginThrottle', 'SetupToken', 'Workspace']);
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
