import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { AppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';
import { toChatError } from './chat/to-chat-error.ts';

export type SocketLink = {
  /** Connects and stays connected until `stop`. Resolves when connected for the first time; rejects with CHAT_TOKEN_REFUSED when Slack refuses. */
  open(): Promise<void>;
  /** Just now. */
  isConnected(): boolean;
  stop(): Promise<void>;
};

/**
 * Keeps a Socket Mode connection. The SDK's own reconnecting waits five seconds before it begins, gives up on a 5xx, and then ends the
 * process, for nobody catches what it throws: make the receiver with `autoReconnectEnabled: false`.
 */
export const createSocketLink = (receiver: SocketModeReceiver, log: Log): SocketLink => {
  const stopping = new AbortController();
  let isConnected = false;
  const keep = async (first: PromiseWithResolvers<void>): Promise<void> => {
    let begun = false;
    for (let failures = 0; !stopping.signal.aborted; await pause(failures, stopping.signal)) {
      try {
        await receiver.start();
        if (stopping.signal.aborted) return await receiver.stop();
        if (begun && failures > 0) log.info({}, 'connected to Slack again');
        begun = true;
        isConnected = true;
        first.resolve();
        // A connection that is dropped at once, again and again, is no connection.
        failures = (await lifeOf(receiver)) < SHORT_LIFE_MS ? failures + 1 : 0;
        isConnected = false;
      } catch (error) {
        const told = toLinkError(error);
        const toldAlready = failures++ > 0 || stopping.signal.aborted;
        if (told.code !== 'CHAT_TOKEN_REFUSED') {
          if (!toldAlready) log.warn({ code: told.code }, 'Slack is not reached over Socket Mode; trying on');
        } else if (begun) {
          if (!toldAlready) log.error({ code: told.code }, told.message);
        } else {
          // Whoever waits for the first connection tells.
          begun = true;
          first.reject(told);
        }
      }
    }
  };
  return {
    open() {
      const first = Promise.withResolvers<void>();
      void keep(first);
      return first.promise;
    },
    isConnected: () => isConnected,
    async stop() {
      stopping.abort();
      await receiver.stop();
    },
  };
};

const SHORT_LIFE_MS = 10_000;

const lifeOf = async ({ client }: SocketModeReceiver): Promise<number> => {
  const begun = Date.now();
  await new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
  return Date.now() - begun;
};

const toLinkError = (error: unknown): AppError => {
  // A connection that breaks before it stands comes without a reason.
  const told = toChatError(error ?? new Error('the connection broke'));
  if (told.code !== 'CHAT_DENIED' && told.code !== 'CHAT_TOKEN_REFUSED') return told;
  return new AppError(
    'CHAT_TOKEN_REFUSED',
    'Slack does not accept SLACK_APP_TOKEN. Make a new one at api.slack.com/apps, "Basic Information", "App-Level Tokens", with the scope connections:write.',
    { cause: error },
  );
};

const LONGEST_PAUSE_MS = 30_000;

/** Half a second after the first failure, twice as long after each more; none after none. Ends early, and holds no process up, when stopped. */
export const pause = async (failures: number, stopping: AbortSignal): Promise<void> => {
  if (failures === 0) return;
  await sleep(Math.min(LONGEST_PAUSE_MS, 250 * 2 ** failures), undefined, { signal: stopping, ref: false }).catch(() => {});
};
