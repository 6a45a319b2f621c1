import { Change } from '#db/entities/change.ts';
import { ChangelogSettings } from '#db/entities/changelog-settings.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { recordAudit } from '#src/auth/audit.ts';
import type { RequireSlackTeam } from '#src/auth/slack-team.ts';
import type { ChangeKind } from '#src/changelog/changes/types.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock } from '#src/core/ports.ts';
import { type ChangeProblem, checkChange, type GivenChange, type NewChange } from './new-change.ts';
import { parseEvent } from './parse-event.ts';
import { type Recorded, recordChanges } from './record-changes.ts';
import { isRestricted } from './restricted-channel.ts';

export type RecordChanges = { changes: readonly GivenChange[]; idempotencyKey?: string | undefined };

/** `problems` name the place in the list ('changes.3.title'); with any, nothing was stored. */
type RecordedChanges = { recorded: Recorded[]; problems: ChangeProblem[] };

/** Something a person says that changed. */
export type AddChange = {
  title: string;
  body?: string | undefined;
  kind: ChangeKind;
  system?: string | undefined;
  time?: Date | undefined;
  url?: string | undefined;
  labels?: readonly string[] | undefined;
  breaking?: boolean | undefined;
  /** Where in Slack it was said: that message is one change, however often it is added. */
  slack?: { teamId: string; channel: string; ts?: string | undefined } | undefined;
  idempotencyKey?: string | undefined;
};

/** A message of another bot; `editedTs` when it reads so only since then: many tools edit "Deploying…" into "Deployed". */
export type ChangeEventMessage = {
  teamId: string;
  channel: string;
  ts: string;
  text: string;
  editedTs?: string | undefined;
  url?: string | undefined;
};

export type ChangeIntake = {
  /** All of them or none. Throws BAD_INPUT (too many, none). */
  recordChanges(actor: Actor, input: RecordChanges): Promise<RecordedChanges>;
  /** Throws BAD_INPUT. */
  addChange(actor: Actor, input: AddChange): Promise<{ change: Change; replayed: boolean }>;
  /**
   * Null when the channel is not one of those that are read, or the message tells of no change (any more: then what it told before is taken
   * back). What a person noted of that message stands.
   */
  recordChangeEvent(actor: Actor, message: ChangeEventMessage): Promise<Change | null>;
};

/** More at once would hold a connection for too long; send the next batch then. */
const MOST_IN_A_BATCH = 500;
const MOST_PROBLEMS = 20;
const GENERAL = 'company';

/** How changes come in that no repository tells of by itself. */
export const createChangeIntake = ({
  orm,
  clock,
  requireSlackTeam,
}: {
  orm: Orm;
  clock: Clock;
  requireSlackTeam: RequireSlackTeam;
}): ChangeIntake => {
  const store = (actor: Actor, changes: readonly NewChange[], action: string, now: Date): Promise<Recorded[]> =>
    forWorkspace(orm, actor.workspaceId).transactional(async (db) => {
      const recorded = await recordChanges(db, actor, changes, now);
      if (recorded.some(({ created }) => created))
        await recordAudit(db, actor, action, recorded.length === 1 ? (recorded[0]?.id ?? null) : null);
      return recorded;
    });
  const storeOne = async (actor: Actor, given: GivenChange): Promise<{ change: Change; replayed: boolean }> => {
    const now = clock.now();
    const checked = checkChange(given, undefined, now);
    if (Array.isArray(checked)) throw toError(checked[0] as ChangeProblem);
    const [recorded] = await store(actor, [checked], 'change.added', now);
    const change = await forWorkspace(orm, actor.workspaceId).findOneOrFail(Change, { id: recorded?.id ?? '' });
    return { change, replayed: recorded?.created === false };
  };

  return {
    async recordChanges(actor, { changes, idempotencyKey }) {
      requireScope(actor, 'CHANGES_WRITE');
      if (changes.length === 0) throw new AppError('BAD_INPUT', 'There are no changes in the list.', { field: 'changes' });
      if (changes.length > MOST_IN_A_BATCH)
        throw new AppError('BAD_INPUT', `Send at most ${MOST_IN_A_BATCH} changes at once, and the rest after that.`, { field: 'changes' });
      const now = clock.now();
      const checked = changes.map((given, place) => checkChange(given, idempotencyKey && `batch:${idempotencyKey}:${place}`, now));
      const problems = checked.flatMap((one, place) =>
        Array.isArray(one)
          ? one.map(({ field, message }) => ({ field: `changes.${place}.${field}`, message: `Change ${place + 1}: ${message}` }))
          : [],
      );
      if (problems.length > 0) return { recorded: [], problems: problems.slice(0, MOST_PROBLEMS) };
      return { recorded: await store(actor, checked as NewChange[], 'changes.recorded', now), problems: [] };
    },

    async addChange(actor, input) {
      requireScope(actor, 'CHANGES_WRITE');
      const { slack, idempotencyKey, system = GENERAL, time = clock.now(), ...rest } = input;
      if (slack) await requireSlackTeam(actor.workspaceId, slack.teamId);
      const key = slack?.ts ? messageKey(slack.channel, slack.ts) : `note:${idempotencyKey ?? newId('req')}`;
      const restricted = slack ? await isRestricted(forWorkspace(orm, actor.workspaceId), [slack.channel]) : false;
      const channel = slack?.channel;
      return storeOne(actor, { ...rest, key, system, time, source: slack ? 'slack' : 'api', restricted, channel });
    },

    async recordChangeEvent(actor, { teamId, channel, ts, editedTs, text, url }) {
      requireScope(actor, 'CHANGES_WRITE');
      await requireSlackTeam(actor.workspaceId, teamId);
      const db = forWorkspace(orm, actor.workspaceId);
      const settings = await db.findOne(ChangelogSettings, { workspaceId: actor.workspaceId });
      if (!settings?.eventChannels.includes(channel)) return null;
      const key = messageKey(channel, ts);
      const known = await db.findOne(Change, { source: 'slack', externalKey: key });
      // Where a person noted it, its channel is kept.
      if (known?.channel) return known;
      const event = parseEvent(text);
      const saidAt = new Date(Number(editedTs ?? ts) * 1000);
      if (!event) {
        if (known) await db.nativeDelete(Change, { id: known.id, saidAt: { $lte: saidAt } });
        return null;
      }
      const time = event.time ?? known?.time ?? saidAt;
      const restricted = await isRestricted(db, [channel]);
      return (await storeOne(actor, { ...event, key, source: 'slack', time, saidAt, url: event.url ?? url, restricted })).change;
    },
  };
};

const messageKey = (channel: string, ts: string): string => `slack:${channel}:${ts}`;

const toError = ({ field, message }: ChangeProblem): AppError => new AppError('BAD_INPUT', message, { field });
