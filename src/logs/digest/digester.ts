import { createLogReader, type OnRecord } from './read-log.ts';
import { toDigest } from './to-digest.ts';
import type { Digester, DigestOptions } from './types.ts';

export const listedByDefault = 200;

/** Reads a log in one pass; `finish` says what was found. */
export const createDigester = (options: DigestOptions = {}, onRecord?: OnRecord): Digester => {
  const { push, progress, end } = createLogReader(options, onRecord);
  return { push, progress, finish: () => toDigest(end(), options.maxListed ?? listedByDefault) };
};
