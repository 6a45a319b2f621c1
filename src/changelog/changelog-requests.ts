import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Changelog, type ChangelogFormat, type ChangelogScope } from '#db/entities/changelog.ts';
import { ChangelogInclusion } from '#db/entities/changelog-inclusion.ts';
import { ChangelogPlacement } from '#db/entities/changelog-placement.ts';
import { Delivery } from '#db/entities/delivery.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { writeTogether } from '#db/write-together.ts';
import { auditRow, recordAudit } from '#src/auth/audit.ts';
import type { RequireSlackTeam } from '#src/auth/slack-team.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, ReplyTo } from '#src/core/ports.ts';
import { type Admission, openDoor } from '#src/jobs/admission.ts';
import type { Audience, OmittedReason } from './changes/types.ts';
import { checkScope } from './check-scope.ts';
import { newChangelog } from './composing/compose-changelog.ts';
import { createEditEntry, type EditEntry, notFound } from './composing/edit-entry.ts';
import { type Beginning, sinceRelease } from './composing/since-release.ts';

export type GenerateChangelog = {
  scope: ChangelogScope;
  /** Included; or since a release. Exactly one of the two. */
  from?: Date | undefined;
  lastTag?: string | undefined;
  /** Not included; now when left out. */
  to?: Date | undefined;
  audience: Audience;
  format: ChangelogFormat;
  idempotencyKey?: string | undefined;
  replyTo?: ReplyTo | undefined;
};

export type ChangelogRequests = {
  /** Queues the work. The same key gives the first changelog. Throws BAD_INPUT, NOT_FOUND (the tag), FORBIDDEN. */
  generateChangelog(actor: Actor, input: GenerateChangelog): Promise<{ changelog: Changelog; replayed: boolean }>;
  /** Other words, another section, or left out; it stands (law 12). Throws BAD_INPUT, NOT_FOUND, CONFLICT (not written yet). */
  editEntry(actor: Actor, edit: EditEntry): Promise<void>;
  /**
   * Puts back what a changelog left out: it is told from then on, when that one is composed again and in those to come for the same readers.
   * Throws BAD_INPUT (it is not left out there, was taken back, is hidden by the leak list, or is for other readers), NOT_FOUND.
   */
  includeChanges(actor: Actor, input: IncludeChanges): Promise<Changelog>;
};

type IncludeChanges = { changelogId: string; changes: readonly string[] };

type RequestDeps = { orm: Orm; clock: Clock; requireSlackTeam: RequireSlackTeam; admission?: Admission };

export const createChangelogRequests = ({ orm, clock, requireSlackTeam, admission = openDoor }: RequestDeps): ChangelogRequests => ({
  async generateChangelog(actor, input) {
    requireScope(actor, 'CHANGES_WRITE');
    const { workspaceId, requestId } = actor;
    const { audience, format, replyTo, idempotencyKey } = input;
    if (replyTo) await requireSlackTeam(workspaceId, replyTo.teamId);
    const db = forWorkspace(orm, workspaceId);
    const known = await findByKey(db, idempotencyKey);
    if (known) return { changelog: known, replayed: true };
    const scope = checkScope(input.scope);
    const period = await periodOf(db, workspaceId, input, scope, clock.now());
    const by = { createdBy: actor.id, actingFor: actor.actingFor, requestId, idempotencyKey: idempotencyKey ?? null };
    const lane = await admission.admit(actor, replyTo?.channel);
    const changelog = newChangelog({ workspaceId, scope, ...period, audience, format, ...by }, clock);
    try {
      await writeTogether(db, {
        rows: [
          [Changelog, changelog],
          auditRow(actor, 'changelog.requested', changelog.id),
          ...(replyTo ? [[Delivery, newDelivery(changelog, replyTo)] as const] : []),
        ],
        jobs: [
          {
            name: 'compose-changelog',
            payload: { changelogId: changelog.id, workspaceId, requestId },
            key: `compose-changelog:${changelog.id}`,
            onSameKey: 'once',
            lane,
          },
        ],
      });
      return { changelog, replayed: false };
    } catch (error) {
      // Somebody else was storing the same key just now.
      const other = error instanceof UniqueConstraintViolationException ? await findByKey(db, idempotencyKey) : null;
      if (!other) throw error;
      return { changelog: other, replayed: true };
    }
  },

  editEntry: createEditEntry({ orm, clock }),

  async includeChanges(actor, { changelogId, changes }) {
    requireScope(actor, 'CHANGES_WRITE');
    const { workspaceId } = actor;
    if (changes.length === 0 || changes.length > MOST_INCLUDED)
      throw new AppError('BAD_INPUT', `Name 1 to ${MOST_INCLUDED} changes that were left out.`, { field: 'changes' });
    return forWorkspace(orm, workspaceId).transactional(async (db) => {
      const changelog = await db.findOne(Changelog, { id: changelogId }, { populate: ['omitted'] as never });
      if (!changelog) throw notFound();
      const reasons = new Map(changelog.omitted?.map(({ change, reason }) => [change, reason]));
      for (const id of changes) {
        const reason = reasons.get(id);
        const why = reason === undefined ? 'it is not among what was left out there' : settled[reason];
        if (why) throw new AppError('BAD_INPUT', `The change ${id} cannot be put back: ${why}.`, { field: 'changes' });
      }
      const by = { includedBy: actor.actingFor ?? actor.id, includedAt: clock.now() };
      const rows = [...new Set(changes)].map((changeId) => ({ workspaceId, audience: changelog.audience, changeId, ...by }));
      // The last word counts.
      const out = { audience: changelog.audience, leftOut: true, changes: { $overlap: [...changes] } };
      await db.nativeUpdate(ChangelogPlacement, out, { leftOut: false });
      await db.upsertMany(ChangelogInclusion, rows, { onConflictFields: ['workspaceId', 'audience', 'changeId'] });
      await recordAudit(db, actor, 'changelog.changes_included', changelogId);
      return changelog;
    });
  },
});

const MOST_INCLUDED = 100;

// What people may not decide: the change is not there any more, or other people decided that nobody hears of it.
const settled: Partial<Record<OmittedReason, string>> = {
  reverted: 'it was taken back',
  revert: 'it takes back another one',
  duplicate: 'another one tells it',
  private: 'it is of a place of the leak list',
  'not-for-readers': 'it is for people of the house; the label “customers” on the change itself makes it one for customers',
};

const findByKey = async (db: Db, key: string | undefined): Promise<Changelog | null> =>
  key ? db.findOne(Changelog, { idempotencyKey: key }) : null;

const periodOf = async (
  db: Db,
  workspaceId: string,
  { from, lastTag, to }: GenerateChangelog,
  scope: ChangelogScope,
  now: Date,
): Promise<Beginning & { to: Date }> => {
  if ((from === undefined) === (lastTag === undefined))
    throw new AppError('BAD_INPUT', 'Say since when: exactly one of "from" and "lastTag".', { field: 'from' });
  const begin = from ? { from, begins: null } : await sinceRelease(db, workspaceId, lastTag as string, scope.systems);
  const end = to ?? now;
  if (end <= begin.from) throw new AppError('BAD_INPUT', 'The period ends before it begins; choose a later "to".', { field: 'to' });
  return { ...begin, to: end };
};

const newDelivery = ({ id, workspaceId, createdAt }: Changelog, replyTo: ReplyTo): Delivery =>
  Object.assign(new Delivery(), {
    id: newId('dlv'),
    workspaceId,
    subjectId: id,
    replyTo,
    state: 'WAITING' as const,
    rootTs: null,
    messageTs: null,
    postingSince: null,
    shownHash: null,
    failure: null,
    createdAt,
    updatedAt: createdAt,
  });
