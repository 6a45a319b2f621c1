import { createDigester } from './digester.ts';
import type { Digest, DigestOptions } from './types.ts';

export { createDigester } from './digester.ts';
export * from './types.ts';

/** Digests a text at hand, as if it had been read from a file. */
export const digestText = (text: string, options?: DigestOptions): Digest => {
  const digester = createDigester(options);
  digester.push(new TextEncoder().encode(text));
  return digester.finish();
};
