import { AppError } from '#src/core/errors.ts';
import type { Call } from './handler.ts';

/** Tickets are this workspace's own: people of other organisations in a shared channel see them, and change nothing. Throws FORBIDDEN. */
export const requireColleague = async ({ people, acting, homeTeamId }: Pick<Call, 'people' | 'acting' | 'homeTeamId'>): Promise<void> => {
  if (acting.teamId !== homeTeamId || !(await people.isColleague(acting.userId, homeTeamId)))
    throw new AppError('FORBIDDEN', 'Only people of this Slack workspace can make tickets here and work on them. Ask one of them.');
};

/** What stands behind a post is for full members: a channel's guests and people of other organisations read what is posted. Throws FORBIDDEN. */
export const requireFullMember = async ({ people, acting, homeTeamId }: Pick<Call, 'people' | 'acting' | 'homeTeamId'>): Promise<void> => {
  if (acting.teamId !== homeTeamId || !(await people.isFullMember(acting.userId, homeTeamId)))
    throw new AppError('FORBIDDEN', 'Only full members of this Slack workspace can see what was left out. Ask one of them.');
};
