import type { SectionName } from './types.ts';

/** What a reader acts on, or is frightened by: said only where the changes say it, or the section means it. */
const claims: { words: RegExp; meant: readonly SectionName[] }[] = [
  {
    words:
      /\b(?:remov(?:e[sd]?|ing|als?)|delet(?:e[sd]?|ing|ions?)|eras(?:e[sd]?|ing)|wip(?:e[sd]?|ing)|drop(?:s|ped|ping)?|discontinu\w+|withdrawn?|no longer (?:works?|supported|supports?|available|possible|offered|there))\b/i,
    meant: ['Removed'],
  },
  { words: /\b(?:secur\w+|insecure\w*|vulnerab\w+|exploit\w*|attack\w*|hack\w*|breach\w*|malicious\w*)\b/i, meant: ['Security'] },
  { words: /\bdeprecat\w+\b/i, meant: ['Deprecated'] },
  { words: /\b(?:leak\w*|expos\w+|stolen|steal\w*)\b/i, meant: [] },
  { words: /\b(?:los(?:e[sd]?|ing|t|s)|corrupt\w*)\b/i, meant: [] },
  { words: /\b(?:passwords?|passphrases?|credentials?|secrets?|tokens?|(?:personal|private|customer) data)\b/i, meant: [] },
  { words: /\b(?:breaking|must|urgent\w*|immediately)\b/i, meant: [] },
  { words: /\b(?:contact|visit|click|download|call|pay|send)\b(?! to\b)/i, meant: [] },
  { words: /\bdot (?:com|org|net|io|dev|co|app)\b/i, meant: [] },
];

/** Claims of a text that neither its changes nor its section make. */
export const findClaims = (text: string, source: string, section: SectionName | undefined): string[] =>
  claims.flatMap(({ words, meant }) => {
    const claim = words.exec(text)?.[0];
    return claim === undefined || words.test(source) || (section !== undefined && meant.includes(section)) ? [] : [claim];
  });
