import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Workspace } from '#db/entities/workspace.ts';
import type { Db, Orm } from '#db/orm.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';

// Any number will do as long as nobody else locks the same one.
const LOCK = 7_305_113;

/** The oldest workspace, made when there is none; processes that ask at the same time get the same one. */
export const ensureDefaultWorkspace = async (orm: Pick<Orm, 'em'>): Promise<Workspace> => orm.em.fork().transactional(defaultWorkspace);

/** The same, inside the caller's transaction. */
export const defaultWorkspace = async (em: Db): Promise<Workspace> => {
  const [oldest] = await em.find(Workspace, {}, oldestFirst);
  if (oldest) return oldest;
  await em.execute('select pg_advisory_xact_lock(?)', [LOCK]);
  const [made] = await em.find(Workspace, {}, oldestFirst);
  if (made) return made;
  const workspace = em.create(Workspace, { id: newId('ws'), name: 'Default', slackTeamId: null, createdAt: new Date() });
  await em.persist(workspace).flush();
  return workspace;
};

const oldestFirst = { orderBy: { id: 'asc' }, limit: 1 } as const;

/** Says which Slack team a workspace answers to. Throws CONFLICT when it, or the team, is bound already to another. */
export const bindSlackTeam = async (orm: Pick<Orm, 'em'>, workspaceId: string, teamId: string): Promise<void> => {
  const free = { $or: [{ slackTeamId: null }, { slackTeamId: teamId }] };
  try {
    const bound = await orm.em.fork().nativeUpdate(Workspace, { id: workspaceId, ...free }, { slackTeamId: teamId });
    if (bound === 0)
      throw new AppError(
        'CONFLICT',
        'This workspace answers to another Slack team already. Start the bot with a token of that team, or use another workspace.',
      );
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new AppError('CONFLICT', 'Another workspace answers to this Slack team already.', { cause: error });
  }
};
