import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';

const longest = 80;

/** Somebody else's words for within a sentence: on one line, secrets masked, cut. */
export const shortTitle = (text: string): string => {
  const plain = redactSecrets(text.replace(/\s+/g, ' ').trim());
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
};
