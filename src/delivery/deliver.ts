import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Delivery } from '#db/entities/delivery.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Chat, Clock, ReplyTo } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import { defineJob, type Job, type JobFailure } from '#src/jobs/define-job.ts';
import { isTurn, noteMessage, takeTurn } from './channel-pace.ts';

/** What there is to show about a subject now. */
export type Showing = {
  /** Starts a thread when the question came without one, e.g. '@ana asked for a summary of …'. */
  root: Report;
  /** Null for a message that stands by itself: `root` is all there is, and is edited as it changes. */
  reply: Report | null;
  /** The answer cannot change any more. */
  final: boolean;
  /** Nobody waits for it: it takes its turn in the channel and keeps its distance from other messages there. */
  unhurried?: boolean;
  /** What follows once it is shown, in the commit that says so; `place` is its thread. It may happen again: look before you act. */
  afterwards?(db: Db, place: ReplyTo): Promise<void>;
  /** Slack's no was final: what is to be done about it, in the commit that says so. Gives the sentence for the asker; null for none. */
  refused?(db: Db, failure: JobFailure): Promise<string | null>;
  /** Instead of a message: a sentence only the asker sees (nothing was read, so there is nothing to show). */
  whisper?: string | undefined;
};

/** Draws a subject's present state; one per module, by the prefix of its ids. Null when the subject is gone. */
export type Renderer = (workspaceId: string, subjectId: string) => Promise<Showing | null>;

export type DeliverDeps = { orm: Orm; chat: Chat; clock: Clock; renderers: Record<string, Renderer> };

const payload = z.object({ deliveryId: z.string(), workspaceId: z.string() });

/**
 * Posts an answer where the question was asked, and edits it in place as it grows. Before each post it notes that one is under way:
 * a try that finds the note looks for the message in Slack first, so that a reply is posted once also when a process dies (law 3).
 */
export const createDeliverJob = (deps: DeliverDeps): Job<z.output<typeof payload>> =>
  defineJob({
    name: 'deliver',
    payload,
    async run({ deliveryId, workspaceId }, { beat, later }) {
      const db = forWorkspace(deps.orm, workspaceId);
      const delivery = await db.findOne(Delivery, { id: deliveryId }, { disableIdentityMap: true });
      if (!delivery || delivery.state === 'FAILED') return;
      const showing = await deps.renderers[prefixOf(delivery.subjectId)]?.(workspaceId, delivery.subjectId);
      if (!showing) return;
      if (showing.whisper !== undefined && !delivery.messageTs) {
        if (delivery.state === 'DELIVERED') return;
        await deps.chat.whisper(delivery.replyTo, showing.whisper);
        return await settle(db, delivery, 'DELIVERED', deps.clock);
      }
      const turn = showing.unhurried && !delivery.messageTs ? await otherTurn(db, delivery) : null;
      if (turn) return await later(turn);
      const unseen = !delivery.messageTs;
      await show(db, delivery, showing, deps.chat, deps.clock);
      if (unseen) beat('shown', delivery.subjectId);
      if (showing.afterwards) return await follow(db, delivery, showing, deps.clock);
      if (showing.final) await settle(db, delivery, 'DELIVERED', deps.clock);
    },
    async giveUp({ deliveryId, workspaceId }, failure) {
      const db = forWorkspace(deps.orm, workspaceId);
      const delivery = await db.findOne(Delivery, { id: deliveryId });
      if (!delivery) return;
      const showing = await deps.renderers[prefixOf(delivery.subjectId)]?.(workspaceId, delivery.subjectId);
      const sentence = await refuse(db, delivery, showing ?? null, failure, deps.clock);
      if (sentence) await deps.chat.whisper(delivery.replyTo, sentence).catch(ignoreDenied);
    },
  });

/** Null when it may go out now; otherwise when to come back. */
const otherTurn = async (db: Db, delivery: Delivery): Promise<Date | null> => {
  const place = { workspaceId: delivery.workspaceId, channel: delivery.replyTo.channel };
  if (delivery.turnAt && (await isTurn(db, place, delivery.turnAt))) return null;
  // Early, it keeps its turn; late and too close behind another, it needs a new one.
  if (!delivery.turnAt || delivery.turnAt.getTime() <= Date.now()) delivery.turnAt = await takeTurn(db, place);
  await save(db, delivery);
  return (await isTurn(db, place, delivery.turnAt)) ? null : delivery.turnAt;
};

const follow = (db: Db, delivery: Delivery, { final, afterwards }: Showing, clock: Clock): Promise<void> =>
  db.transactional(async (own) => {
    const threadTs = delivery.replyTo.threadTs ?? delivery.rootTs ?? delivery.messageTs ?? undefined;
    await afterwards?.(own, { ...delivery.replyTo, threadTs });
    if (final) await own.nativeUpdate(Delivery, { id: delivery.id }, { state: 'DELIVERED', updatedAt: clock.now() });
  });

const refuse = (db: Db, delivery: Delivery, showing: Showing | null, failure: JobFailure, clock: Clock): Promise<string | null> =>
  db.transactional(async (own) => {
    const noted = { state: 'FAILED' as const, failure: `${failure.id} ${failure.code}`, updatedAt: clock.now() };
    await own.nativeUpdate(Delivery, { id: delivery.id }, noted);
    if (showing?.refused) return showing.refused(own, failure);
    return `${failure.message} (${failure.id}) The answer is kept: ${delivery.subjectId}.`;
  });

const show = async (db: Db, delivery: Delivery, showing: Showing, chat: Chat, clock: Clock): Promise<void> => {
  const alone = showing.reply === null;
  const report = showing.reply ?? showing.root;
  if (!alone && !delivery.replyTo.threadTs && !delivery.rootTs) {
    const { channel } = delivery.replyTo;
    const { ts } = await postOnce(db, delivery, clock, (maybePosted) =>
      chat.post({ deliveryId: `${delivery.id}:root`, channel, report: showing.root, maybePosted }),
    );
    delivery.rootTs = ts;
    await note(db, delivery, clock, null);
  }
  const hash = createHash('sha256').update(JSON.stringify(report)).digest('hex');
  if (!delivery.messageTs) {
    const threadTs = alone ? undefined : (delivery.replyTo.threadTs ?? delivery.rootTs ?? undefined);
    const maybePosted = delivery.postingSince !== null;
    const { channel } = delivery.replyTo;
    const { ts } = await postOnce(db, delivery, clock, () =>
      chat.post({ deliveryId: delivery.id, channel, threadTs, report, maybePosted }),
    );
    delivery.messageTs = ts;
    // Found instead of posted, it may show what was known then.
    delivery.shownHash = maybePosted ? null : hash;
    await note(db, delivery, clock, null);
  }
  if (delivery.shownHash === hash) return;
  await chat.update({ deliveryId: delivery.id, channel: delivery.replyTo.channel, ts: delivery.messageTs, report });
  delivery.shownHash = hash;
  await note(db, delivery, clock, null);
};

const clearNo = ['CHAT_RATE_LIMITED', 'CHAT_DENIED', 'CHAT_TOKEN_REFUSED'];

// Slack has no idempotency key: the note is what tells a later try that this one may have got through.
const postOnce = async (
  db: Db,
  delivery: Delivery,
  clock: Clock,
  post: (maybePosted: boolean) => ReturnType<Chat['post']>,
): Promise<{ ts: string }> => {
  const maybePosted = delivery.postingSince !== null;
  const { workspaceId, replyTo } = delivery;
  await note(db, delivery, clock, clock.now());
  try {
    const { ts, channel = replyTo.channel } = await post(maybePosted);
    await noteMessage(db, { workspaceId, channel: replyTo.channel });
    // Sent to a person, it is in a channel now: the one of their direct messages.
    if (channel !== replyTo.channel) delivery.replyTo = { ...replyTo, channel };
    return { ts };
  } catch (error) {
    // A clear no from Slack: this try posted nothing. Whether an earlier one did stays unknown, so its note stays.
    if (!maybePosted && isAppError(error) && clearNo.includes(error.code))
      await note(db, delivery, clock, null);
    throw error;
  }
};

const note = (db: Db, delivery: Delivery, clock: Clock, postingSince: Date | null): Promise<void> =>
  save(db, Object.assign(delivery, { postingSince, updatedAt: clock.now() }));

const settle = (db: Db, delivery: Delivery, state: Delivery['state'], clock: Clock): Promise<void> =>
  save(db, Object.assign(delivery, { state, updatedAt: clock.now() }));

// One statement, where a flush takes three.
const save = async (
  db: Db,
  { id, replyTo, state, rootTs, messageTs, turnAt, postingSince, shownHash, updatedAt }: Delivery,
): Promise<void> => {
  await db.nativeUpdate(Delivery, { id }, { replyTo, state, rootTs, messageTs, turnAt, postingSince, shownHash, updatedAt });
};

const prefixOf = (id: string): string => id.slice(0, id.indexOf('_'));

const ignoreDenied = (error: unknown): void => {
  if (!isAppError(error)) throw error;
};
