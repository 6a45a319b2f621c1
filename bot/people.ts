import { z } from 'zod';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { Colleagues } from '#src/core/ports.ts';
import { slackCodeOf } from './chat/to-chat-error.ts';
import { rememberFor } from './remember.ts';
import type { SlackCall } from './slack-call.ts';
import { within } from './within.ts';

/** What we want to know of people before we do what they ask: all by Slack's record of the person, kept for a minute. */
export type People = Colleagues & {
  /** A colleague who is no guest, and so may open every public channel. False when Slack does not say so: then it must be found out otherwise. */
  isFullMember(user: string, teamId: string): Promise<boolean>;
  /** The zone of the person's clock as Slack knows it; null when it does not say so in time. */
  timeZoneOf(user: string): Promise<string | null>;
  /** Throws FORBIDDEN unless Slack calls the person an admin or owner of the workspace. */
  requireAdmin(user: string): Promise<void>;
};

export const createPeople = (slack: SlackCall): People => {
  const known = rememberFor<Person>(60_000);
  const find = (user: string) => known.get(user, async () => userInfo.parse(await slack('users.info', { user })).user);
  return {
    async isColleague(user, teamId) {
      // Slack may be slow, and an app that was not installed anew lacks users:read: the bot then knows less, but does not stop working.
      const person = await within(LOOK_UP_MS, find(user).catch(refusedOrNull));
      return person === null || (person !== REFUSED && isOfTeam(person, teamId));
    },
    async isFullMember(user, teamId) {
      const person = await find(user).catch(() => null);
      return person !== null && isOfTeam(person, teamId) && !person.is_restricted && !person.is_ultra_restricted;
    },
    async timeZoneOf(user) {
      return (await within(LOOK_UP_MS, find(user)))?.tz ?? null;
    },
    async requireAdmin(user) {
      const { is_admin, is_owner, is_primary_owner } = await find(user);
      if (!is_admin && !is_owner && !is_primary_owner)
        throw new AppError('FORBIDDEN', 'Only admins and owners of this Slack workspace can change my settings. Ask one of them.');
    },
  };
};

const isOfTeam = ({ is_bot, is_stranger, team_id, enterprise_user }: Person, teamId: string): boolean => {
  const teams = [team_id, enterprise_user?.enterprise_id, ...(enterprise_user?.teams ?? [])].filter(Boolean);
  return !is_bot && !is_stranger && (teams.length === 0 || teams.includes(teamId));
};

/** Whom Slack does not show us (user_not_visible, user_not_found and the like) is nobody of this workspace. */
const REFUSED = 'refused';
const refusedOrNull = (error: unknown): typeof REFUSED | null => {
  const gaveNoAnswer = isAppError(error) && (error.code === 'CHAT_UNAVAILABLE' || error.code === 'CHAT_RATE_LIMITED');
  return gaveNoAnswer || slackCodeOf(error) === 'missing_scope' ? null : REFUSED;
};

const LOOK_UP_MS = 1_000;

const userInfo = z.object({
  user: z.object({
    team_id: z.string().nullish(),
    tz: z.string().nullish(),
    is_bot: z.boolean().nullish(),
    is_stranger: z.boolean().nullish(),
    is_restricted: z.boolean().nullish(),
    is_ultra_restricted: z.boolean().nullish(),
    is_admin: z.boolean().nullish(),
    is_owner: z.boolean().nullish(),
    is_primary_owner: z.boolean().nullish(),
    enterprise_user: z.object({ enterprise_id: z.string().nullish(), teams: z.array(z.string()).nullish() }).nullish(),
  }),
});
type Person = z.infer<typeof userInfo>['user'];
