import { isDeed } from './verbs.ts';

/** Words that name something, without plurals. */
export const contentOf = (text: string): Set<string> =>
  new Set(
    (text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [])
      .filter((word) => !idle.has(word) && !isDeed(word))
      .map((word) => (word.length > 4 ? word.replace(/(?:es|s)$/, '') : word)),
  );

const idle = new Set(
  'the and for with from into that this when where which are was were not its our new also has have been than via'.split(' '),
);
