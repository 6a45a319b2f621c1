import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Delivery } from '#db/entities/delivery.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { addJob } from '#db/queue.ts';
import { AppError, isAppError } from '#src/core/errors.ts';
import type { Chat, Clock, Log, Posted, ReplyTo } from '#src/core/ports.ts';
import type { Report } from '#src/core/report.ts';
import { defineJob, type Job, type JobFailure } from '#src/jobs/define-job.ts';
import { apartMs, isTurn, noteMessage, QUIET_MS, takeTurn } from './channel-pace.ts';
import { deliverJob } from './deliver-job-spec.ts';
import { createClaim, Overtaken, type Part, recordPosted, settledAfterMs, untilSettled } from './slack-write.ts';
import { takeBackJob } from './take-back.ts';
import { tellAskerJob } from './tell-asker.ts';

/** What there is to show about a subject now. */
export type Showing = {
  /** Starts a thread when the question came without one, e.g. '@ana asked for a summary of …'. */
  root: Report;
  /** Null for a message that stands by itself: `root` is all there is, and is edited as it changes. */
  reply: Report | null;
  /** The answer cannot change any more. */
  final: boolean;
  /** Nobody waits for it: in the channel it lets go first what somebody waits for. */
  unhurried?: boolean;
  /** What follows once it is shown, in the commit that says so; `place` is its thread. It may happen again: look before you act. */
  afterwards?(db: Db, place: ReplyTo): Promise<void>;
  /** Slack's no was final: what is to be done about it, in the commit that says so. Gives the sentence for the asker; null for none. */
  refused?(db: Db, failure: JobFailure): Promise<string | null>;
  /** Instead of a message: a sentence only the asker sees (nothing was read, so there is nothing to show). */
  whisper?: string | undefined;
};

/** Draws a subject's present state; one per module, by the prefix of its ids. Null when there is nothing to say (any more). */
export type Renderer = (workspaceId: string, subjectId: string) => Promise<Showing | null>;

export type DeliverDeps = {
  orm: Orm;
  chat: Chat;
  clock: Clock;
  renderers: Record<string, Renderer>;
  /** How long one call to Slack may take. */
  callTimeoutMs: number;
  /** Between two messages in a channel. */
  quietMs?: number;
};

const payload = z.object({ deliveryId: z.string(), workspaceId: z.string() });

// What a newer version wants said, a newer version can draw: it is on its way, or we are on our way out.
const LEFT_TO_OTHERS_MS = 10_000;

/**
 * Posts an answer where the question was asked, and edits it in place as it grows. Each call that writes is claimed first: a try that finds
 * the claim of another looks for the message in Slack, and waits until that call can do nothing more, before it posts one itself (law 3).
 */
export const createDeliverJob = (deps: DeliverDeps): Job<z.output<typeof payload>> =>
  defineJob({
    name: 'deliver',
    payload,
    async run({ deliveryId, workspaceId }, { beat, later, log }) {
      const db = forWorkspace(deps.orm, workspaceId);
      const delivery = await db.findOne(Delivery, { id: deliveryId }, { disableIdentityMap: true });
      if (!delivery || delivery.state === 'FAILED') return;
      const render = deps.renderers[prefixOf(delivery.subjectId)];
      if (!render) return await later(inMs(LEFT_TO_OTHERS_MS));
      const showing = await render(workspaceId, delivery.subjectId);
      if (!showing) return await settle(db, delivery, deps.clock);
      if (showing.whisper !== undefined && !delivery.messageTs) {
        if (delivery.state === 'DELIVERED') return;
        await deps.chat.whisper(delivery.replyTo, showing.whisper);
        return await settle(db, delivery, deps.clock);
      }
      const unseen = !delivery.messageTs;
      const again = await show(deps, { db, delivery, showing, log });
      if (delivery.failure) await db.nativeUpdate(Delivery, { id: delivery.id }, { failure: null });
      if (unseen && delivery.messageTs) beat('shown', delivery.subjectId);
      if (again) return await later(again);
      if (showing.afterwards) return await follow(db, delivery, showing, deps.clock);
      if (showing.final) await settle(db, delivery, deps.clock);
    },
    async retrying({ deliveryId, workspaceId }, failure) {
      if (failure.code === 'CHAT_TOKEN_REFUSED') await tellOfToken(deps.chat, forWorkspace(deps.orm, workspaceId), deliveryId, failure);
    },
    async giveUp({ deliveryId, workspaceId }, failure) {
      const db = forWorkspace(deps.orm, workspaceId);
      const delivery = await db.findOne(Delivery, { id: deliveryId });
      if (!delivery) return;
      const showing = await deps.renderers[prefixOf(delivery.subjectId)]?.(workspaceId, delivery.subjectId);
      await refuse(db, delivery, showing ?? null, failure, deps.clock);
    },
  });

/** Nothing can be posted without a token; whoever waits hears why, once, where their request left an address that needs none. */
const tellOfToken = async (chat: Chat, db: Db, deliveryId: string, failure: JobFailure): Promise<void> => {
  const noted = await db.nativeUpdate(Delivery, { id: deliveryId, failure: null }, { failure: `${failure.id} ${failure.code}` });
  const delivery = noted > 0 ? await db.findOne(Delivery, { id: deliveryId }) : null;
  if (delivery?.replyTo.responseUrl && !delivery.messageTs)
    await chat
      .whisper(delivery.replyTo, `${failure.message} (${failure.id}) The answer is kept, and comes here then: ${delivery.subjectId}.`)
      .catch(ignoreDenied);
};

const follow = (db: Db, delivery: Delivery, { final, afterwards }: Showing, clock: Clock): Promise<void> =>
  db.transactional(async (own) => {
    const threadTs = delivery.replyTo.threadTs ?? delivery.rootTs ?? delivery.messageTs ?? undefined;
    await afterwards?.(own, { ...delivery.replyTo, threadTs });
    if (final) await settle(own, delivery, clock);
  });

const refuse = (db: Db, delivery: Delivery, showing: Showing | null, failure: JobFailure, clock: Clock): Promise<void> =>
  db.transactional(async (own) => {
    const noted = { state: 'FAILED' as const, failure: `${failure.id} ${failure.code}`, updatedAt: clock.now() };
    await own.nativeUpdate(Delivery, { id: delivery.id }, noted);
    const kept = `${failure.message} (${failure.id}) The answer is kept: ${delivery.subjectId}.`;
    const sentence = showing?.refused ? await showing.refused(own, failure) : kept;
    if (sentence) await addJob(own, tellAskerJob(delivery, sentence, failure));
  });

type Scene = { db: Db; delivery: Delivery; showing: Showing; log: Log };

/** Null when Slack shows it; otherwise when to go on. */
const show = async (deps: DeliverDeps, scene: Scene): Promise<Date | null> => {
  const { db, delivery, showing } = scene;
  const alone = showing.reply === null;
  const report = showing.reply ?? showing.root;
  try {
    if (!alone && !delivery.replyTo.threadTs && !delivery.rootTs && !delivery.messageTs) {
      const again = await postOnce(deps, scene, { part: 'rootTs', messages: 2, deliveryId: `${delivery.id}:root`, report: showing.root });
      if (again) return again;
    }
    if (!delivery.messageTs) {
      const threadTs = alone ? undefined : (delivery.replyTo.threadTs ?? delivery.rootTs ?? undefined);
      const again = await postOnce(deps, scene, { part: 'messageTs', messages: 1, deliveryId: delivery.id, threadTs, report });
      if (again) return again;
    }
    if (delivery.shownHash !== hashOf(report)) await edit(deps, db, delivery, report);
    return null;
  } catch (error) {
    if (error instanceof Overtaken) return inMs(settledAfterMs(deps.callTimeoutMs));
    throw error;
  }
};

type Message = {
  part: Part /** How many follow each other, this one included. */;
  messages: number;
  deliveryId: string;
  threadTs?: string | undefined;
  report: Report;
};

/** Null when it stands in Slack; otherwise when to go on. */
const postOnce = async (deps: DeliverDeps, scene: Scene, message: Message): Promise<Date | null> => {
  const { db, delivery, showing, log } = scene;
  const { part, deliveryId, threadTs, report } = message;
  const { chat, callTimeoutMs, quietMs = QUIET_MS } = deps;
  const place = { workspaceId: delivery.workspaceId, channel: delivery.replyTo.channel };
  if (delivery.postingSince) {
    // Of a call that has done what it will do it is not kept when it went out.
    const isKnown = delivery.postingSince > delivery.createdAt;
    const since = isKnown ? delivery.postingSince : delivery.createdAt;
    const until = isKnown ? new Date(since.getTime() + settledAfterMs(callTimeoutMs)) : undefined;
    const found = await chat.find({ deliveryId, channel: place.channel, threadTs, since, until });
    if (found?.astray) return await takeAstray(db, delivery, found);
    // It may show what was known then.
    if (found) return await keep(log, { db, delivery, part, posted: found, more: part === 'messageTs' ? { shownHash: null } : {} });
    const unsettledMs = await untilSettled(db, delivery, settledAfterMs(callTimeoutMs));
    if (unsettledMs > 0) return inMs(unsettledMs);
  }
  const turn = await otherTurn(db, delivery, { unhurried: showing.unhurried, messages: message.messages, quietMs });
  if (turn) return turn;
  const { claim, afterFailure } = createClaim(db, delivery);
  try {
    const posted = await chat.post({ deliveryId, channel: place.channel, threadTs, report, leaving: claim });
    await noteMessage(db, place);
    if (posted.astray) return await takeAstray(db, delivery, posted);
    const next = message.messages > 1 && delivery.turnAt ? new Date(delivery.turnAt.getTime() + apartMs(quietMs)) : null;
    const more = part === 'messageTs' ? { shownHash: hashOf(report), turnAt: null } : { turnAt: next };
    return await keep(log, { db, delivery, part, posted, more });
  } catch (error) {
    await afterFailure(error);
    throw error;
  }
};

type Kept = { db: Db; delivery: Delivery; part: Part; posted: Posted; more: Partial<Pick<Delivery, 'shownHash' | 'turnAt'>> };

// Its removal is on its way before anybody hears of it: what is tried again must find nothing to post.
const takeAstray = async (db: Db, delivery: Delivery, posted: Posted): Promise<never> => {
  await addJob(db, takeBackJob(delivery, posted));
  throw new AppError(
    'CHAT_DENIED',
    'The message I was to answer under is gone, so my answer does not stay, either. Ask again on a message that is still there.',
  );
};

const keep = async (log: Log, { db, delivery, part, posted, more }: Kept): Promise<null> => {
  const { surplus } = await recordPosted(db, delivery, part, posted, more);
  if (surplus) {
    log.warn({ deliveryId: delivery.id }, 'a message was posted that another had posted already; it is taken back');
    await addJob(db, takeBackJob(delivery, posted));
  }
  return null;
};

/** Null when it may go out now; otherwise when to come back. */
const otherTurn = async (
  db: Db,
  delivery: Delivery,
  pace: { unhurried: boolean | undefined; messages: number; quietMs: number },
): Promise<Date | null> => {
  const place = { workspaceId: delivery.workspaceId, channel: delivery.replyTo.channel };
  if (delivery.turnAt && (await isTurn(db, place, delivery.turnAt, pace))) return null;
  // Early, it keeps its turn; late and too close behind another, it needs a new one.
  if (delivery.turnAt && delivery.turnAt.getTime() > Date.now()) return delivery.turnAt;
  const { turn, come } = await takeTurn(db, place, pace);
  delivery.turnAt = turn;
  if (come) return null;
  await db.nativeUpdate(Delivery, { id: delivery.id }, { turnAt: turn });
  return turn;
};

/**
 * An edit may be repeated, so none is waited for; but one that is under way somewhere may arrive after ours, with older news: then it is
 * repeated once more when that can do nothing any more.
 */
const edit = async (deps: DeliverDeps, db: Db, delivery: Delivery, report: Report): Promise<void> => {
  const settledMs = settledAfterMs(deps.callTimeoutMs);
  const doubtful = (await untilSettled(db, delivery, settledMs)) > 0;
  const { claim, afterFailure } = createClaim(db, delivery);
  const { channel } = delivery.replyTo;
  try {
    await deps.chat.update({ deliveryId: delivery.id, channel, ts: delivery.messageTs as string, report, leaving: claim });
  } catch (error) {
    if (!doubtful) await afterFailure(error);
    throw error;
  }
  const shown = doubtful ? { shownHash: null } : { shownHash: hashOf(report), postingSince: null, postingBy: null };
  const own = { id: delivery.id, postingBy: delivery.postingBy ?? null };
  Object.assign(delivery, shown);
  await db.nativeUpdate(Delivery, own, { ...shown, updatedAt: deps.clock.now() });
  if (doubtful) await addJob(db, { ...deliverJob(delivery), key: `deliver:${delivery.id}:again`, runAt: inMs(settledMs) });
};

const settle = async (db: Db, delivery: Delivery, clock: Clock): Promise<void> => {
  await db.nativeUpdate(Delivery, { id: delivery.id }, { state: 'DELIVERED', updatedAt: clock.now() });
};

const hashOf = (report: Report): string => createHash('sha256').update(JSON.stringify(report)).digest('hex');

const inMs = (milliseconds: number): Date => new Date(Date.now() + milliseconds);

const prefixOf = (id: string): string => id.slice(0, id.indexOf('_'));

const ignoreDenied = (error: unknown): void => {
  if (!isAppError(error)) throw error;
};
