import { ApiToken } from '#db/entities/api-token.ts';
import { Changelog } from '#db/entities/changelog.ts';
import { ChangelogEdit } from '#db/entities/changelog-edit.ts';
import { ChangelogEntry } from '#db/entities/changelog-entry.ts';
import { ChangelogInclusion } from '#db/entities/changelog-inclusion.ts';
import { ChangelogPlacement } from '#db/entities/changelog-placement.ts';
import { notify } from '#db/notices.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { asFix, createLeakGuard, sectionsOf, writeHeadline } from '#src/changelog/changes/index.ts';
import type { SectionName } from '#src/changelog/changes/types.ts';
import { withoutSteering } from '#src/changelog/intake/without-steering.ts';
import { readSettings } from '#src/changelog/settings-service.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import { enqueueDelivery } from '#src/delivery/enqueue-delivery.ts';
import { findPlacements, placeEntries } from './find-placements.ts';

/** What a person makes of an entry: other words, another section, or nothing of it any more. */
export type EditEntry = {
  changelogId: string;
  key: string;
  text?: string | undefined;
  section?: SectionName | undefined;
  leaveOut?: boolean | undefined;
};

/** What a person makes of an entry stands, also when the changelog is composed anew (law 12). Throws BAD_INPUT, NOT_FOUND, CONFLICT (not written yet). */
export const createEditEntry =
  ({ orm, clock }: { orm: Orm; clock: Clock }) =>
  async (actor: Actor, edit: EditEntry): Promise<void> => {
    requireScope(actor, 'CHANGES_WRITE');
    const { changelogId, key, section, leaveOut } = edit;
    const sentence = edit.text === undefined || leaveOut ? undefined : checkText(edit.text);
    if (sentence === undefined && section === undefined && !leaveOut)
      throw new AppError('BAD_INPUT', 'Say what is to become of the entry: a text, a section, or that it is left out.', { field: 'text' });
    await forWorkspace(orm, actor.workspaceId).transactional(async (db) => {
      const { changelog, entry } = await findEntry(db, changelogId, key);
      if (section !== undefined && !sectionsOf(changelog.audience).includes(section))
        throw new AppError('BAD_INPUT', `A changelog for these readers has no section "${section}".`, { field: 'section' });
      if (sentence !== undefined) await word(db, actor, { changelog, entry, sentence, now: clock.now() });
      const moves = section !== undefined && section !== entry.section;
      if (leaveOut || moves)
        await place(db, actor, { changelog, entry, section: moves ? section : undefined, leaveOut: leaveOut ?? false }, clock.now());
      await recordAudit(db, actor, 'changelog_entry.edited', changelogId);
      await enqueueDelivery(db, changelogId);
      await notify(db, changelogId);
    });
  };

const MOST_TEXT = 400;

const checkText = (text: string): string => {
  const sentence = withoutSteering(text).replace(/\s+/g, ' ').trim();
  if (sentence === '' || sentence.length > MOST_TEXT)
    throw new AppError('BAD_INPUT', `An entry has 1 to ${MOST_TEXT} characters; "leaveOut" takes it out.`, { field: 'text' });
  return sentence;
};

type Found = { changelog: Changelog; entry: ChangelogEntry };

const findEntry = async (db: Db, changelogId: string, key: string): Promise<Found> => {
  const changelog = await db.findOne(Changelog, { id: changelogId }, { populate: ['omitted'] as never });
  if (!changelog) throw notFound();
  const entry = await db.findOne(ChangelogEntry, { changelogId, key });
  if (entry) return { changelog, entry };
  throw changelog.finishedAt
    ? new AppError('NOT_FOUND', 'That changelog has no such entry; ask for its entries again.', { field: 'key' })
    : new AppError('CONFLICT', 'That changelog is still being written; try again when it is done.');
};

const word = async (db: Db, actor: Actor, { changelog, entry, sentence, now }: Found & { sentence: string; now: Date }): Promise<void> => {
  const { workspaceId } = actor;
  const { leakList } = await readSettings(db, workspaceId);
  if (createLeakGuard(leakList).leaks(sentence))
    throw new AppError('BAD_INPUT', 'That text names something of the leak list, which may not show in a changelog.', { field: 'text' });
  const wordedBy = (await isProgram(db, actor)) ? 'PROGRAM' : 'PERSON';
  await db.upsert(
    ChangelogEdit,
    {
      ...{ workspaceId, audience: changelog.audience, entryKey: entry.key, changes: entry.changes, text: sentence },
      ...{ editedBy: actor.actingFor ?? actor.id, editedAt: now, wordedBy },
    },
    { onConflictFields: ['workspaceId', 'audience', 'entryKey'] },
  );
  Object.assign(entry, { text: sentence, wordedBy });
  await db.flush();
};

type Placing = Found & { section: SectionName | undefined; leaveOut: boolean };

/** Remembers where it belongs, and puts it there: every change stays in one entry, or is left out with its reason (law 7). */
const place = async (db: Db, actor: Actor, { changelog, entry, section, leaveOut }: Placing, now: Date): Promise<void> => {
  const { workspaceId } = actor;
  const { audience, id: changelogId } = changelog;
  const { key: entryKey, changes } = entry;
  const before = await db.findOne(ChangelogPlacement, { audience, entryKey });
  await db.upsert(
    ChangelogPlacement,
    {
      ...{ workspaceId, audience, entryKey, changes, section: section ?? before?.section ?? null, leftOut: leaveOut },
      ...{ placedBy: actor.actingFor ?? actor.id, placedAt: now },
    },
    { onConflictFields: ['workspaceId', 'audience', 'entryKey'] },
  );
  // The last word counts: what was put back before is left out now.
  if (leaveOut) await db.nativeDelete(ChangelogInclusion, { audience, changeId: { $in: changes } });
  const rows = await db.find(ChangelogEntry, { changelogId }, { orderBy: { position: 'asc' }, disableIdentityMap: true });
  const alone = rows.map((row) => (row.key === entryKey && section !== undefined ? { ...row, text: movedText(row) } : { ...row }));
  const { entries, omitted } = placeEntries(
    { entries: alone, omitted: changelog.omitted ?? [] },
    await findPlacements(db, audience),
    sectionsOf(audience),
  );
  await db.nativeDelete(ChangelogEntry, { changelogId });
  if (entries.length > 0)
    await db.insertMany(
      ChangelogEntry,
      entries.map((one, position) => ({ ...one, position })),
    );
  await db.nativeUpdate(Changelog, { id: changelogId }, { omitted, headline: writeHeadline({ entries, omitted }, audience) });
};

/** Under "Fixed" the heading says that it is one. */
const movedText = ({ section, text, wordedBy }: ChangelogEntry): string =>
  section === 'Fixed' && wordedBy === 'BUILTIN' ? asFix(text) : text;

/** A token that is nobody's own, and that acts for nobody. */
const isProgram = async (db: Db, { id, actingFor }: Actor): Promise<boolean> =>
  actingFor === null && (await db.count(ApiToken, { id, kind: 'SERVICE' })) > 0;

/** Also of changelogs that are of another workspace. */
export const notFound = (): AppError =>
  new AppError('NOT_FOUND', 'That changelog was not found. Check the id; changelogs of other workspaces cannot be seen.', { field: 'id' });
