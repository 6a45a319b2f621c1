import { defineEntity, p } from '@mikro-orm/core';
import type { ChangeKind, ChangeSource } from '#src/changelog/changes/types.ts';
import { workspaceId } from './owned.ts';

/** Something that changed, as it came in. The same again from the same source is the same row, with its newest words. */
const ChangeSchema = defineEntity({
  name: 'Change',
  tableName: 'change',
  uniques: [{ name: 'change_external_key', properties: ['workspaceId', 'source', 'externalKey'] }],
  indexes: [
    { name: 'change_by_time', properties: ['workspaceId', 'time'] },
    { name: 'change_by_workspace', properties: ['workspaceId', 'id'] },
    { name: 'change_by_system', expression: 'create index "change_by_system" on "change" ("workspace_id", lower("system"))' },
  ],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    source: p.text().$type<ChangeSource>(),
    /** What tells it from others of that source, e.g. 'commit:owner/name@<sha>', 'pr:owner/name#5'. */
    externalKey: p.text(),
    system: p.text(),
    kind: p.text().$type<ChangeKind>(),
    title: p.text(),
    body: p.text(),
    refs: p.array(),
    labels: p.array(),
    paths: p.array(),
    filesChanged: p.integer().nullable(),
    breaking: p.boolean(),
    /** When it happened. */
    time: p.datetime(),
    url: p.text().nullable(),
    sha: p.text().nullable(),
    merged: p.array(),
    /** How many commits a request is made of, where its source says so. */
    commits: p.integer().nullable(),
    /** Slack's id of the channel in which a person noted it. */
    channel: p.text().nullable(),
    /** Of when its words are, where its source says so: older words never replace newer ones. */
    saidAt: p.datetime().nullable(),
    /** Said in a restricted channel: no engine but the built-in one sees it. */
    restricted: p.boolean(),
    createdBy: p.text(),
    actingFor: p.text().nullable(),
    /** When we first heard of it. */
    receivedAt: p.datetime(),
  },
});
export class Change extends ChangeSchema.class {}
ChangeSchema.setClass(Change);

export { ChangeSchema };
