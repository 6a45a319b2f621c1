import { defineEntity, p } from '@mikro-orm/core';
import type { Audience, Changelog as Composition, Omitted } from '#src/changelog/changes/types.ts';
import type { Receipt } from '#src/core/ports.ts';
import type { WorkFailure, WorkStatus } from './log.ts';
import { workspaceId } from './owned.ts';

/** What a changelog is about. An empty list leaves nothing out. */
export type ChangelogScope = {
  /** Repositories ('owner/name') and systems. */
  systems: string[];
  /** A change has at least one of them. */
  labels: string[];
  /** Path globs; a change touches at least one of them. */
  paths: string[];
};

export type ChangelogFormat = 'MARKDOWN' | 'SLACK' | 'JSON' | 'RSS' | 'ATOM' | 'HTML';

/** A changelog of a period: asked for, composed, worded. Its entries are rows of their own. */
const ChangelogSchema = defineEntity({
  name: 'Changelog',
  tableName: 'changelog',
  indexes: [
    { name: 'changelog_by_workspace', properties: ['workspaceId', 'id'] },
    {
      name: 'changelog_idempotency_key',
      expression: `create unique index "changelog_idempotency_key" on "changelog" ("workspace_id", "idempotency_key") where idempotency_key is not null`,
    },
  ],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    scope: p.json().$type<ChangelogScope>(),
    /** The period, `from` included, `to` not. */
    from: p.datetime(),
    to: p.datetime(),
    /** Changes of earlier times count too when they came in since then; null for none. */
    lateSince: p.datetime().nullable(),
    /** Up to when changes had come in that it knows; null until it was planned. */
    readAt: p.datetime().nullable(),
    /** Since a release means since that of each system; null when all begin at `from`. */
    begins: p.json().$type<Record<string, number>>().nullable(),
    audience: p.text().$type<Audience>(),
    format: p.text().$type<ChangelogFormat>(),
    status: p.text().$type<WorkStatus>(),
    failure: p.json().$type<WorkFailure>().nullable(),
    headline: p.text().nullable(),
    semver: p.json().$type<Composition['semver']>().nullable(),
    /** Changes read; each is in one entry or omitted (law 7). */
    changeCount: p.integer().nullable(),
    omitted: p.json().$type<Omitted[]>().nullable().lazy(),
    /** Texts of the engine that did not pass the check; the built-in wording stands there. */
    rejected: p.integer(),
    receipt: p.json().$type<Receipt>().nullable(),
    createdBy: p.text(),
    actingFor: p.text().nullable(),
    idempotencyKey: p.text().nullable(),
    requestId: p.text().nullable(),
    createdAt: p.datetime(),
    finishedAt: p.datetime().nullable(),
  },
});
export class Changelog extends ChangelogSchema.class {}
ChangelogSchema.setClass(Changelog);

export { ChangelogSchema };
