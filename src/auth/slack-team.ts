import type { Orm } from '#db/orm.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import { bindSlackTeam } from './workspaces.ts';

/** A workspace answers to one Slack team, the first that asks through it. Throws FORBIDDEN for any other. */
export type RequireSlackTeam = (workspaceId: string, teamId: string) => Promise<void>;

/** Asks the database once for each workspace: a team, once bound, stays. */
export const createRequireSlackTeam = (orm: Pick<Orm, 'em'>): RequireSlackTeam => {
  const bound = new Map<string, string>();
  return async (workspaceId, teamId) => {
    if (!bound.has(workspaceId)) {
      await bindSlackTeam(orm, workspaceId, teamId).catch(forbid);
      bound.set(workspaceId, teamId);
    }
    if (bound.get(workspaceId) !== teamId) throw otherTeam();
  };
};

const forbid = (error: unknown): never => {
  throw isAppError(error) && error.code === 'CONFLICT' ? otherTeam(error) : error;
};

const otherTeam = (cause?: unknown): AppError =>
  new AppError(
    'FORBIDDEN',
    'This workspace answers to another Slack team, so nothing was kept. Use a token of the workspace that belongs to this team.',
    { cause },
  );
