import type { ActingFor, Api } from './api.ts';
import { TriageSettingsDocument, type TriageSettingsQuery } from './generated/operations.ts';

type KnownTriageSettings = TriageSettingsQuery['triageSettings'];

/** The settings the bot decides by. Every reaction in every channel asks for them: the API is asked once a minute at most. */
export type TriageSettings = {
  /** While the API is away, what it said last. Throws AppError when it never said anything. */
  read(acting: ActingFor): Promise<KnownTriageSettings>;
  /** Somebody changed them: the next `read` asks again. */
  forget(): void;
};

const KEPT_MS = 60_000;
// While the API is away, what is known serves for so long before it is asked again.
const PAUSE_MS = 5_000;

export const createTriageSettings = ({ api, now = Date.now }: { api: Api; now?: () => number }): TriageSettings => {
  let known: KnownTriageSettings | undefined;
  let fresh = 0;
  let asking: Promise<KnownTriageSettings> | undefined;

  const ask = async (acting: ActingFor): Promise<KnownTriageSettings> => {
    try {
      known = (await api.request(TriageSettingsDocument, {}, acting)).triageSettings;
      fresh = now() + KEPT_MS;
    } catch (error) {
      if (!known) throw error;
      fresh = now() + PAUSE_MS;
    }
    return known;
  };

  return {
    async read(acting) {
      if (known && now() < fresh) return known;
      asking ??= ask(acting).finally(() => (asking = undefined));
      return asking;
    },
    forget: () => void (fresh = 0),
  };
};
