import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Delivery } from '#db/entities/delivery.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Chat, Clock } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import { defineJob, type Job } from '#src/jobs/define-job.ts';

/** What there is to show about a subject now. */
export type Showing = {
  /** Starts a thread when the question came without one, e.g. '@ana asked for a summary of …'. */
  root: Report;
  /** Null for a message that stands by itself: `root` is all there is, and is edited as it changes. */
  reply: Report | null;
  /** The answer cannot change any more. */
  final: boolean;
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
    async run({ deliveryId, workspaceId }) {
      const db = forWorkspace(deps.orm, workspaceId);
      const delivery = await db.findOne(Delivery, { id: deliveryId });
      if (!delivery || delivery.state === 'FAILED') return;
      const showing = await deps.renderers[prefixOf(delivery.subjectId)]?.(workspaceId, delivery.subjectId);
      if (!showing) return;
      if (showing.whisper !== undefined && !delivery.messageTs) {
        await deps.chat.whisper(delivery.replyTo, showing.whisper);
        return await settle(db, delivery, 'DELIVERED', deps.clock);
      }
      await show(db, delivery, showing, deps.chat, deps.clock);
      if (showing.final) await settle(db, delivery, 'DELIVERED', deps.clock);
    },
    async giveUp({ deliveryId, workspaceId }, failure) {
      const db = forWorkspace(deps.orm, workspaceId);
      const delivery = await db.findOne(Delivery, { id: deliveryId });
      if (!delivery) return;
      delivery.failure = `${failure.id} ${failure.code}`;
      await settle(db, delivery, 'FAILED', deps.clock);
      await deps.chat
        .whisper(delivery.replyTo, `${failure.message} (${failure.id}) The answer is kept: ${delivery.subjectId}.`)
        .catch(ignoreDenied);
    },
  });

const show = async (db: Db, delivery: Delivery, showing: Showing, chat: Chat, clock: Clock): Promise<void> => {
  const { channel } = delivery.replyTo;
  const alone = showing.reply === null;
  const report = showing.reply ?? showing.root;
  if (!alone && !delivery.replyTo.threadTs && !delivery.rootTs) {
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
    const { ts } = await postOnce(db, delivery, clock, () =>
      chat.post({ deliveryId: delivery.id, channel, threadTs, report, maybePosted }),
    );
    delivery.messageTs = ts;
    // Found instead of posted, it may show what was known then.
    delivery.shownHash = maybePosted ? null : hash;
    await note(db, delivery, clock, null);
  }
  if (delivery.shownHash === hash) return;
  await chat.update({ deliveryId: delivery.id, channel, ts: delivery.messageTs, report });
  delivery.shownHash = hash;
  await note(db, delivery, clock, null);
};

// Slack has no idempotency key: the note is what tells a later try that this one may have got through.
const postOnce = async <Result>(
  db: Db,
  delivery: Delivery,
  clock: Clock,
  post: (maybePosted: boolean) => Promise<Result>,
): Promise<Result> => {
  const maybePosted = delivery.postingSince !== null;
  await note(db, delivery, clock, clock.now());
  try {
    return await post(maybePosted);
  } catch (error) {
    // A clear no from Slack: this try posted nothing. Whether an earlier one did stays unknown, so its note stays.
    if (!maybePosted && isAppError(error) && (error.code === 'CHAT_RATE_LIMITED' || error.code === 'CHAT_DENIED'))
      await note(db, delivery, clock, null);
    throw error;
  }
};

const note = async (db: Db, delivery: Delivery, clock: Clock, postingSince: Date | null): Promise<void> => {
  delivery.postingSince = postingSince;
  delivery.updatedAt = clock.now();
  await db.flush();
};

const settle = async (db: Db, delivery: Delivery, state: Delivery['state'], clock: Clock): Promise<void> => {
  delivery.state = state;
  delivery.updatedAt = clock.now();
  await db.flush();
};

const prefixOf = (id: string): string => id.slice(0, id.indexOf('_'));

const ignoreDenied = (error: unknown): void => {
  if (!isAppError(error)) throw error;
};
