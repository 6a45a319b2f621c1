import { isAppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';
import type { ActingFor, Api } from './api.ts';
import { RefreshSlackTicketDocument } from './generated/operations.ts';

type Thread = { channel: string; ts: string };

/** Tells the API that more was said in a ticket's thread: at once, then at most once a minute and thread, the last word included. */
export type ThreadWatch = {
  /** Resolves to whether the thread has a ticket, as far as is known. Never throws: talking in a thread asks nothing of us. */
  heard(thread: Thread, acting: ActingFor): Promise<boolean>;
  /** A ticket was just made of it. */
  hasTicket(thread: Thread): void;
  /** Tells at once what was to be told later. */
  flush(): Promise<void>;
};

type Watched = { ticket: boolean; asked: number; asking: Promise<void>; later?: ReturnType<typeof setTimeout>; tell?: () => Promise<void> };

const MAX_THREADS = 5_000;

export const createThreadWatch = ({ api, log, intervalMs = 60_000 }: { api: Api; log: Log; intervalMs?: number }): ThreadWatch => {
  const threads = new Map<string, Watched>();
  const waiting = new Set<Watched>();

  const watched = ({ channel, ts }: Thread): Watched => {
    const key = `${channel}:${ts}`;
    const thread = threads.get(key) ?? { ticket: false, asked: Number.NEGATIVE_INFINITY, asking: Promise.resolve() };
    threads.delete(key);
    threads.set(key, thread);
    for (const oldest of threads.keys()) {
      if (threads.size <= MAX_THREADS) break;
      threads.delete(oldest);
    }
    return thread;
  };

  const ask = async (state: Watched, thread: Thread, acting: ActingFor): Promise<void> => {
    try {
      const { refreshSlackTicket } = await api.request(RefreshSlackTicketDocument, { input: thread }, acting);
      state.ticket = refreshSlackTicket.ticket !== null;
    } catch (error) {
      log.warn(
        { code: isAppError(error) ? error.code : 'INTERNAL' },
        'A thread could not be looked at again; a ticket’s will be, in a minute',
      );
      if (state.ticket) tellLater(state, thread, acting);
    }
  };

  const tellLater = (state: Watched, thread: Thread, acting: ActingFor): void => {
    const tell = async () => {
      clearTimeout(state.later);
      waiting.delete(state);
      delete state.later;
      state.asked = Date.now();
      await (state.asking = ask(state, thread, acting));
    };
    state.tell = tell;
    if (state.later) return;
    waiting.add(state);
    state.later = setTimeout(() => void state.tell?.(), Math.max(0, state.asked + intervalMs - Date.now()));
    state.later.unref();
  };

  return {
    async heard(thread, acting) {
      const state = watched(thread);
      if (Date.now() - state.asked >= intervalMs) {
        state.asked = Date.now();
        await (state.asking = ask(state, thread, acting));
        return state.ticket;
      }
      await state.asking;
      if (state.ticket) tellLater(state, thread, acting);
      return state.ticket;
    },
    hasTicket(thread) {
      watched(thread).ticket = true;
    },
    async flush() {
      await Promise.all([...waiting].map((state) => state.tell?.()));
    },
  };
};
