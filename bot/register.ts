import { setTimeout as sleep } from 'node:timers/promises';
import type { AllMiddlewareArgs, App, BlockAction, SlackViewAction } from '@slack/bolt';
import { AppError, isAppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Log, ReplyTo } from '#src/core/ports.ts';
import { actions } from './actions/actions.ts';
import type { Api } from './api.ts';
import { createEventChannels } from './changelog-settings.ts';
import type { Whisper } from './chat/whisper.ts';
import { commands } from './commands/commands.ts';
import { entryName } from './entry-name.ts';
import { events } from './events/events.ts';
import { isNotKept, NotKept, toSentence } from './failures.ts';
import type { ActionClick, Call, EventSource, Told } from './handler.ts';
import type { BotObserver, EntryKind } from './observer.ts';
import { createPeople } from './people.ts';
import { shortcuts } from './shortcuts/shortcuts.ts';
import type { SlackCall } from './slack-call.ts';
import { createThreadWatch } from './thread-watch.ts';
import { createTriageSettings } from './triage-settings.ts';
import { views } from './views/views.ts';

export type FrameDeps = {
  api: Api;
  whisper: Whisper;
  slack: SlackCall;
  log: Log;
  observe: BotObserver;
  /** The workspace we are installed in, once Slack has said so. */
  homeTeamId(): string | undefined;
};

/**
 * Hangs every handler into Bolt and frames it: the handler first, then the acknowledgement, so that Slack hears "ok" only for
 * what is stored; a failure is told to the person at once. `settled`, when the bot stops, waits for what is still under way.
 */
export const registerHandlers = (app: App, deps: FrameDeps): { settled(): Promise<void> } => {
  const { api, slack, log, observe } = deps;
  const people = createPeople(slack);
  const settings = createTriageSettings({ api });
  const threads = createThreadWatch({ api, log });
  const eventChannels = createEventChannels({ api });
  const underWay = new Set<Promise<unknown>>();
  const stopping = new AbortController();

  const meanwhile = (work: () => Promise<unknown>, trouble: string): void => {
    const working = work().catch((error: unknown) => log.warn({ code: isAppError(error) ? error.code : 'INTERNAL' }, trouble));
    underWay.add(working);
    void working.finally(() => underWay.delete(working));
  };

  const whisper = (to: ReplyTo, told: Told | undefined): void => {
    if (told) meanwhile(() => untilHeard(() => deps.whisper(to, told), stopping.signal), 'A person could not be told');
  };

  const callFor = (teamId: string, userId: string, botUserId?: string): Call => {
    const requestId = newId('req');
    return {
      api,
      slack,
      log: log.child({ requestId }),
      acting: { teamId, userId, requestId },
      homeTeamId: deps.homeTeamId() ?? teamId,
      botUserId,
      people,
      settings,
      threads,
      eventChannels,
      meanwhile: (work) => meanwhile(work, 'A window could not be completed'),
    };
  };

  const timed = (kind: EntryKind): (() => void) => {
    const started = performance.now();
    return () => observe.acked?.(kind, (performance.now() - started) / 1000);
  };

  app.use(async ({ context, body, next }: AllMiddlewareArgs & { body: object }) => {
    if (context.retryNum) observe.retryReceived?.(context.retryReason ?? 'unknown');
    await (observe.around ? observe.around(entryName(body), next) : next());
  });

  for (const handler of commands) {
    app.command(handler.name, async ({ command, ack }) => {
      const acked = timed('command');
      const call = callFor(command.team_id, command.user_id);
      const text = await handler.run(command, call).catch((error: unknown) => toSentence(error, call.log));
      await (text ? ack({ response_type: 'ephemeral', text }) : ack());
      acked();
    });
  }

  for (const handler of shortcuts) {
    app.shortcut({ callback_id: handler.callbackId, type: 'message_action' }, async ({ shortcut, ack }) => {
      if (shortcut.type !== 'message_action') return;
      const acked = timed('shortcut');
      const teamId = shortcut.team?.id ?? shortcut.user.team_id ?? '';
      const call = callFor(teamId, shortcut.user.id);
      const told = await handler.run(shortcut, call).catch((error: unknown) => toSentence(error, call.log));
      await ack();
      acked();
      const threadTs = shortcut.message['thread_ts'] ? String(shortcut.message['thread_ts']) : undefined;
      whisper(
        { kind: 'slack', teamId, channel: shortcut.channel.id, user: shortcut.user.id, threadTs, responseUrl: shortcut.response_url },
        told,
      );
    });
  }

  for (const handler of views) {
    app.view<SlackViewAction>(handler.callbackId, async ({ body, ack }) => {
      if (body.type !== 'view_submission') return;
      const acked = timed('view');
      const call = callFor(body.team?.id ?? body.user.team_id ?? '', body.user.id);
      try {
        await handler.run(body, call);
        await ack();
      } catch (error) {
        // Shown inside the window, which stays open: what the person typed is still there.
        const block = isAppError(error) ? blockFor(error.field, body.view.blocks) : undefined;
        await ack({ response_action: 'errors', errors: { [block ?? handler.errorBlock]: toSentence(error, call.log) } });
      }
      acked();
    });
  }

  for (const handler of actions) {
    // Two buttons of one kind in a message are told apart by a suffix: see drawReport.
    app.action<ActionClick>(new RegExp(`^${handler.id}(:\\d+)?$`), async ({ body, ack }) => {
      const acked = timed('action');
      const teamId = body.team?.id ?? body.user.team_id ?? '';
      const call = callFor(teamId, body.user.id);
      const told = await handler.run(body, call).catch((error: unknown) => toSentence(error, call.log));
      await ack();
      acked();
      const channel = body.channel?.id ?? body.user.id;
      const threadTs = typeof body.message?.['thread_ts'] === 'string' ? body.message['thread_ts'] : undefined;
      whisper({ kind: 'slack', teamId, channel, user: body.user.id, threadTs, responseUrl: body.response_url }, told);
    });
  }

  // A report may be older or newer than this bot; a click without any answer looks like an outage.
  app.action<BlockAction>(new RegExp(`^(?!(${actions.map(({ id }) => id).join('|')})(:\\d+)?$)`), async ({ body, ack }) => {
    await ack();
    const to = {
      teamId: body.team?.id ?? '',
      channel: body.channel?.id ?? body.user.id,
      user: body.user.id,
      responseUrl: body.response_url,
    };
    whisper({ kind: 'slack', ...to }, 'That button does nothing in this version of me.');
  });

  for (const handler of events) {
    app.event(handler.name, async ({ event, body, context }) => {
      const acked = timed('event');
      const source = handler.source(event);
      if (!source || source.user === context.botUserId || isOurs(source, context.botId)) return;
      const call = callFor(body.team_id, source.user, context.botUserId);
      const to: ReplyTo = { kind: 'slack', teamId: body.team_id, ...source };
      try {
        whisper(to, await handler.run(event, call));
        acked();
      } catch (error) {
        if (isNotKept(error)) throw error;
        // Slack delivers what we do not acknowledge three more times: the person hears of the first failure and of the last.
        const again = isAppError(error) && AGAIN.has(error.code);
        const sentence = toSentence(error, call.log);
        if (!again || !context.retryNum || context.retryNum >= LAST_RETRY) whisper(to, sentence);
        if (again) throw new NotKept(error);
        acked();
      }
    });
  }

  app.error(async (error) => {
    if (isNotKept(error)) throw error;
    log.error({ errorId: newId('err'), err: error }, 'Slack sent something that could not be handled');
    throw error;
  });

  return {
    async settled() {
      stopping.abort();
      await threads.flush();
      await Promise.allSettled(underWay);
    },
  };
};

/** Until Slack has said which bot we are, what any bot says is left for Slack to bring again. */
const isOurs = ({ botId }: EventSource, ourBotId: string | undefined): boolean => {
  if (botId && !ourBotId) throw new NotKept(new AppError('CHAT_UNAVAILABLE', 'Slack has not said yet which bot this is.'));
  return botId !== undefined && botId === ourBotId;
};

// A field of the API's may be drawn as several blocks: businessHours as businessHours.from and others.
const blockFor = (field: string | undefined, blocks: { block_id?: string | undefined }[]): string | undefined => {
  const ids = blocks.flatMap(({ block_id: id }) => id ?? []);
  return field && (ids.find((id) => id === field) ?? ids.find((id) => id.startsWith(`${field}.`)));
};

/**
 * Nobody else says it, so where Slack is busy or away for a moment it is said again, no earlier than Slack wants to be asked. `hurried` ends the waiting:
 * then it is said once more.
 */
const untilHeard = async (say: () => Promise<void>, hurried: AbortSignal): Promise<void> => {
  for (const waitMs of SAID_AGAIN_MS)
    try {
      return await say();
    } catch (error) {
      if (!isAppError(error) || !PASSING.has(error.code)) throw error;
      const wait = Math.max(waitMs, Math.min(error.retryAfterMs ?? 0, LONGEST_WAIT_MS));
      await sleep(wait, undefined, { signal: hurried }).catch(() => {});
      if (hurried.aborted) break;
    }
  await say();
};

const PASSING = new Set(['CHAT_UNAVAILABLE', 'CHAT_RATE_LIMITED']);
const SAID_AGAIN_MS = [500, 3_000, 30_000];
// Slack counts calls by the minute, and what a person was to hear at once is of no use much later.
const LONGEST_WAIT_MS = 60_000;

// What was not kept, and may be kept the next time.
const AGAIN = new Set(['API_UNAVAILABLE', 'RATE_LIMITED', 'BUSY']);

// Slack delivers three more times: at once, after a minute, after five.
const LAST_RETRY = 3;
