import type { ParsedChange } from '#src/changelog/changes/parse/parse-change.ts';

const announces =
  /\bdeprecat(?:e|es|ing|ions?)\b(?! (?:warnings?|messages?|docs|notices? from))|\bmark\w* .{1,80}\bdeprecated\b|\b(?:will be|to be|scheduled to be) (?:removed|dropped|discontinued)\b|\bnotice of (?:removal|deprecation)\b/i;
const inside = new Set(['fix', 'refactor', 'test', 'ci', 'style', 'deps', 'build', 'remove']);

/** Tells readers that something of theirs will go: "Deprecate x", "give notice that x will be removed", not "Replace deprecated y". */
export const isAnnouncement = ({ subject, type, deed }: Pick<ParsedChange, 'subject' | 'type' | 'deed'>): boolean =>
  type === 'deprecate' ||
  deed === 'deprecate' ||
  (announces.test(subject) && deed !== 'fix' && deed !== 'remove' && !inside.has(type ?? ''));
