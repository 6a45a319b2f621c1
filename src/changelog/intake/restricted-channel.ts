import { TriageSettings } from '#db/entities/triage-settings.ts';
import type { Db } from '#db/orm.ts';

/** Whether one of these channels (Slack's ids; what is not known is passed over) is one whose text no remote engine may see. */
export const isRestricted = async (db: Db, channels: readonly (string | undefined)[]): Promise<boolean> => {
  const [settings] = await db.find(TriageSettings, {}, { disableIdentityMap: true });
  const restricted = settings?.restrictedChannels ?? [];
  return channels.some((channel) => channel !== undefined && restricted.includes(channel));
};
