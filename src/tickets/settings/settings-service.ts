import type { Priority } from '#db/entities/ticket.ts';
import type { AnswerWithin, BusinessHours, TriageSettings } from '#db/entities/triage-settings.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { recordAudit } from '#src/auth/audit.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import { opensWithin } from '#src/tickets/due.ts';
import { parseClosedDays } from './closed-days.ts';
import { requireTriageAdmin } from './require-triage-admin.ts';
import { ensureSettings } from './settings.ts';

export type SaveSettings = Partial<
  Pick<TriageSettings, 'emoji' | 'threshold' | 'delaySeconds' | 'restrictedChannels' | 'adminChannel' | 'enginePrompt'>
> & {
  businessHours?: BusinessHours | undefined;
  /** Of the priorities named; the others stay as they are. Counts for what comes in, or is given a priority, from then on. */
  answerWithin?: readonly (AnswerWithin & { priority: Priority })[] | undefined;
};

export type SettingsService = {
  settings(actor: Actor): Promise<TriageSettings>;
  /** Throws BAD_INPUT. */
  saveSettings(actor: Actor, input: SaveSettings): Promise<TriageSettings>;
};

export const createSettingsService = ({ orm, clock }: { orm: Orm; clock: Clock }): SettingsService => {
  const open = (actor: Actor): Db => forWorkspace(orm, actor.workspaceId);
  return {
    async settings(actor) {
      requireScope(actor, 'TICKETS_READ');
      return ensureSettings(open(actor), actor.workspaceId, clock.now());
    },

    async saveSettings(actor, input) {
      requireTriageAdmin(actor);
      checkSettings(input);
      return open(actor).transactional(async (db) => {
        const settings = await ensureSettings(db, actor.workspaceId, clock.now());
        const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
        if (typeof given['emoji'] === 'string') given['emoji'] = given['emoji'].replace(/:/g, '').trim();
        if (input.businessHours) given['businessHours'] = withClosedDays(input.businessHours, settings.businessHours, clock.now());
        const within = input.answerWithin?.map(({ priority, minutes, aroundTheClock }) => [priority, { minutes, aroundTheClock }]);
        if (within) given['answerWithin'] = { ...settings.answerWithin, ...Object.fromEntries(within) };
        if (typeof given['enginePrompt'] === 'string') given['enginePrompt'] = given['enginePrompt'].trim() || null;
        Object.assign(settings, given, { updatedAt: clock.now() });
        await db.flush();
        await recordAudit(db, actor, 'triage_settings.changed', null);
        return settings;
      });
    },
  };
};

/** Which days are closed stays as it is where nothing is said of it. Throws BAD_INPUT when no day would be left to work on. */
const withClosedDays = (hours: BusinessHours, before: BusinessHours, now: Date): BusinessHours => {
  const closedDays = hours.closedDays ? parseClosedDays(hours.closedDays) : (before.closedDays ?? []);
  const said = { ...hours, closedDays };
  if (!opensWithin(DAYS_AHEAD, now, said))
    throw new AppError('BAD_INPUT', 'With these closed days nobody would work for a whole year; leave some days open.', {
      field: 'businessHours.closedDays',
    });
  return said;
};

const DAYS_AHEAD = 366;

const LONGEST_WAIT_MINUTES = 30 * 24 * 60;
/** Of what a remote engine is told besides its instructions. */
export const MAX_PROMPT = 2000;

const checkSettings = ({ threshold, delaySeconds, emoji, businessHours, answerWithin = [], enginePrompt }: SaveSettings): void => {
  const wrong = (sentence: string, field: string): never => {
    throw new AppError('BAD_INPUT', sentence, { field });
  };
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) wrong('The threshold is a probability between 0 and 1.', 'threshold');
  if (delaySeconds !== undefined && !(delaySeconds >= 0 && delaySeconds <= 86_400))
    wrong('The delay is 0 to 86,400 seconds.', 'delaySeconds');
  if (emoji !== undefined && !/^:?[\p{L}\p{N}_+'-]{1,100}:?$/u.test(emoji.trim()))
    wrong('Name the emoji as Slack does, e.g. ticket.', 'emoji');
  if (answerWithin.some(({ minutes }) => !(Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_WAIT_MINUTES)))
    wrong(`Answers are due within 1 to ${LONGEST_WAIT_MINUTES.toLocaleString('en')} minutes (30 days).`, 'answerWithin');
  if (enginePrompt && enginePrompt.length > MAX_PROMPT)
    wrong(`What the engine is told has ${MAX_PROMPT.toLocaleString('en')} characters at most.`, 'enginePrompt');
  if (!businessHours) return;
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(businessHours.from) || !/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(businessHours.to))
    wrong('Hours are written like 09:00 and 17:30.', 'businessHours');
  if (businessHours.to === businessHours.from)
    wrong('Business hours begin and end at different times; 00:00 to 24:00 is all day.', 'businessHours');
  if (businessHours.days.length === 0)
    wrong('Name at least one day. For answers that are due at any hour, let a priority count around the clock.', 'businessHours');
  if (businessHours.days.some((day) => !Number.isInteger(day) || day < 1 || day > 7))
    wrong('Days are 1 (Monday) to 7 (Sunday).', 'businessHours');
  if (!isTimeZone(businessHours.timeZone))
    wrong(`"${businessHours.timeZone.slice(0, 60)}" is not a time zone; use a name like Europe/Berlin.`, 'businessHours');
};

const isTimeZone = (timeZone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
};
