import { ANY_ZONE_MS, millisecondsOf } from '#src/core/log-time.ts';
import type { Digest } from './digest/types.ts';

/** From when to when a log's lines are, at the widest; null where they say no time. */
export type OwnTime = { firstAt: Date | null; lastAt: Date | null };

export const ownTime = ({ time }: Pick<Digest, 'time'>): OwnTime => {
  if (!time) return { firstAt: null, lastAt: null };
  const slackMs = time.zone === 'stated' ? 0 : ANY_ZONE_MS;
  return { firstAt: new Date(millisecondsOf(time.first) - slackMs), lastAt: new Date(millisecondsOf(time.last) + slackMs) };
};
