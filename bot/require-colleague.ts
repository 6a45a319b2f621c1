import { AppError } from '#src/core/errors.ts';
import type { Call } from './handler.ts';

/** Tickets are this workspace's own: people of other organisations in a shared channel see them, and change nothing. Throws FORBIDDEN. */
export const requireColleague = async ({ people, acting, homeTeamId }: Pick<Call, 'people' | 'acting' | 'homeTeamId'>): Promise<void> => {
  if (acting.teamId !== homeTeamId || !(await people.isColleague(acting.userId, homeTeamId)))
    throw new AppError('FORBIDDEN', 'Only people of this Slack workspace can make tickets here and work on them. Ask one of them.');
};
