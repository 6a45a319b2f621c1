import type { JobSpec, Lane } from '#db/queue.ts';

/** A step of the work on one log. Each is done once: adding it again while it waits or runs changes nothing. */
export const logJob = (
  name: 'collect-log' | 'digest-log' | 'summarize-log',
  { id, workspaceId }: { id: string; workspaceId: string },
  requestId: string,
  lane?: Lane | undefined,
): JobSpec => ({
  name,
  payload: { logId: id, workspaceId, requestId },
  key: `${name}:${id}`,
  onSameKey: 'once',
  lane,
});
