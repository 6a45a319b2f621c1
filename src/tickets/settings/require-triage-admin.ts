import { type Actor, requireScope } from '#src/core/actor.ts';

// The bot has asked Slack whether the person is an admin there; it acts for nobody else in this.
export const requireTriageAdmin = (actor: Actor): void => {
  if (!(actor.scopes.includes('ACT_FOR_SLACK') && actor.actingFor)) requireScope(actor, 'ADMIN');
};
