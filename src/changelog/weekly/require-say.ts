import { type Actor, requireScope } from '#src/core/actor.ts';

/** What is posted in Slack, where and who decides on it, is said by people there (through the bot) and by admins. Throws FORBIDDEN. */
export const requireSay = (actor: Actor): void => {
  requireScope(actor, 'CHANGES_WRITE');
  requireScope(actor, actor.role === 'ADMIN' ? 'ADMIN' : 'ACT_FOR_SLACK');
};
