import type { ActingFor, Api } from './api.ts';
import { ChangelogSettingsDocument } from './generated/operations.ts';
import { rememberFor } from './remember.ts';

/** In which channels other bots' messages are changes. Every message of every bot asks for it: the API is asked once a minute at most. */
export type EventChannels = {
  /** Throws AppError when the API is away. */
  read(acting: ActingFor): Promise<readonly string[]>;
  /** Somebody changed them: the next `read` asks again. */
  forget(): void;
};

export const createEventChannels = ({ api }: { api: Api }): EventChannels => {
  let known = rememberFor<readonly string[]>(60_000);
  return {
    read: (acting) => known.get('', async () => (await api.request(ChangelogSettingsDocument, {}, acting)).changelogSettings.eventChannels),
    forget: () => {
      known = rememberFor<readonly string[]>(60_000);
    },
  };
};
