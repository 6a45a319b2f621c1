import { findSensitive } from './find-sensitive.ts';

/** At most the first `limit` characters, and none of a secret that runs over the edge: half of one is no longer known for what it is. */
export const cutBeforeSecrets = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const across = findSensitive(text.slice(0, limit + LOOK_AHEAD)).find(({ from, to }) => from < limit && to > limit);
  return text.slice(0, across ? across.from : limit);
};

const LOOK_AHEAD = 500;
