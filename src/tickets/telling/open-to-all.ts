import type { Conversations } from '#src/core/ports.ts';

/** Whether everybody can read all of these channels; as long as Slack does not say so, no. */
export const openToAll = async (conversations: Conversations | null, channels: readonly string[]): Promise<boolean> => {
  const open = await Promise.all(channels.map((channel) => conversations?.isOpen(channel).catch(() => false) ?? false));
  return open.every(Boolean);
};
