/** Whether this process can do its work now: it has started, has not been asked to stop, and what it needs is there. */
export type Readiness = {
  /** What its work needs; `check` throws when it is not there, with NotReady when the reason may be shown. */
  needs(name: string, check: () => Promise<void>): void;
  started(): void;
  state(): State;
  stopping(): void;
  look(): Promise<{ ready: boolean; status: string; checks: Record<string, string> }>;
  /** Whether it has been ready since its start; not any more once it stops. */
  wasReady(): Promise<boolean>;
};

type State = 'starting' | 'ready' | 'stopping';

/** A reason that may be shown to anybody. */
export class NotReady extends Error {}

export const createReadiness = (): Readiness => {
  const needed = new Map<string, () => Promise<void>>();
  let state: State = 'starting';
  let wasReady = false;
  const look: Readiness['look'] = async () => {
    const checks = Object.fromEntries(await Promise.all([...needed].map(async ([name, check]) => [name, await inWords(check)] as const)));
    const whole = Object.values(checks).every((answer) => answer === 'ok');
    const ready = state === 'ready' && whole;
    wasReady ||= ready;
    return { ready, status: state === 'ready' && !whole ? 'not ready' : state, checks };
  };
  return {
    needs: (name, check) => void needed.set(name, check),
    started() {
      if (state === 'starting') state = 'ready';
    },
    state: () => state,
    stopping() {
      state = 'stopping';
    },
    look,
    wasReady: async () => state === 'ready' && (wasReady || (await look()).ready),
  };
};

// Whoever asks is a balancer with a limit of its own, and silence tells it less.
const PATIENCE_MS = 3_000;

const inWords = async (check: () => Promise<void>): Promise<string> => {
  const silence = Promise.withResolvers<never>();
  const timer = setTimeout(() => silence.reject(new NotReady(`no answer in ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
  try {
    await Promise.race([check(), silence.promise]);
    return 'ok';
  } catch (error) {
    // An address or a password may be in a driver's message; our own sentences are short and safe.
    return error instanceof NotReady ? error.message : 'not reachable';
  } finally {
    clearTimeout(timer);
  }
};
