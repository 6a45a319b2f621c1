import { ChangelogSettings } from '#db/entities/changelog-settings.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';

export type SaveChangelogSettings = { leakList?: readonly string[] | undefined; eventChannels?: readonly string[] | undefined };

export type ChangelogSettingsService = {
  changelogSettings(actor: Actor): Promise<ChangelogSettings>;
  /** What is left out stays. Admins only. Throws BAD_INPUT. */
  saveChangelogSettings(actor: Actor, input: SaveChangelogSettings): Promise<ChangelogSettings>;
};

const most = { leakList: 500, eventChannels: 100 };

export const createChangelogSettingsService = ({ orm, clock }: { orm: Orm; clock: Clock }): ChangelogSettingsService => ({
  async changelogSettings(actor) {
    // The leak list names what others should not read.
    requireScope(actor, 'CHANGES_WRITE');
    return readSettings(forWorkspace(orm, actor.workspaceId), actor.workspaceId);
  },

  async saveChangelogSettings(actor, input) {
    requireAdmin(actor);
    const { workspaceId } = actor;
    const leakList = input.leakList && words(input.leakList, 'leakList', 200);
    const eventChannels = input.eventChannels && words(input.eventChannels, 'eventChannels', 80);
    return forWorkspace(orm, workspaceId).transactional(async (db) => {
      const known = await readSettings(db, workspaceId);
      const settings = {
        workspaceId,
        leakList: leakList ?? known.leakList,
        eventChannels: eventChannels ?? known.eventChannels,
        updatedAt: clock.now(),
      };
      await db.upsert(ChangelogSettings, settings, { onConflictFields: ['workspaceId'] });
      await recordAudit(db, actor, 'changelog_settings.changed', null);
      return Object.assign(new ChangelogSettings(), settings);
    });
  },
});

/** A workspace's settings; empty ones before somebody saved some. */
export const readSettings = async (db: Db, workspaceId: string): Promise<ChangelogSettings> =>
  (await db.findOne(ChangelogSettings, { workspaceId }, { disableIdentityMap: true })) ??
  Object.assign(new ChangelogSettings(), { workspaceId, leakList: [], eventChannels: [], updatedAt: new Date(0) });

// The bot has asked Slack whether the person is an admin there; it acts for nobody else in this.
const requireAdmin = (actor: Actor): void => {
  if (!(actor.scopes.includes('ACT_FOR_SLACK') && actor.actingFor)) requireScope(actor, 'ADMIN');
};

const words = (list: readonly string[], field: keyof typeof most, longest: number): string[] => {
  const clean = [...new Set(list.map((word) => word.trim()))];
  if (clean.length > most[field] || clean.some((word) => word === '' || word.length > longest || /\p{Cc}/u.test(word)))
    throw new AppError('BAD_INPUT', `This takes up to ${most[field]} words, each 1 to ${longest} characters in one line.`, { field });
  return clean;
};
