/** A sentence without what only engineers read: paths, brackets of code, symbols where the sentence stands without them. */
export const toPlainWords = (sentence: string): string => {
  const text = sentence
    .replace(/^(?:[\w@./-]+(?:, ?[\w@./-]+)*|`[^`]+`): +/, '')
    .replaceAll(/\s*\((?:[^()]*[`/_=<>{}][^()]*)\)/g, '')
    .replaceAll(/\s+(?:in|from|of|at|under|via)\s+`?(?:[\w.-]+\/)+[\w.*-]*`?/g, '')
    .replaceAll(/`([^`]+)`/g, '$1')
    .replaceAll(/\b([A-Za-z]+)\(\)/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const plain = replacements.reduce((so, [pattern, word]) => so.replaceAll(pattern, word), text);
  return plain === '' ? sentence.replaceAll('`', '') : `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
};

const replacements: [RegExp, string][] = [
  [/\bargs?\b/gi, 'arguments'],
  [/\bparams?\b/gi, 'parameters'],
  [/\bconfigs?\b/gi, 'settings'],
  [/\benv(?:ironment)? vars?\b/gi, 'environment settings'],
  [/\bperf\b/gi, 'speed'],
  [/\bregex(?:p|es)?\b/gi, 'patterns'],
  [/\b(?:null ?pointer|npe|segfaults?|panics?|panicking)\b/gi, 'crash'],
  [/\bauthn?\b/gi, 'sign-in'],
  [/\bdb\b/gi, 'database'],
  [/\brepo\b/gi, 'repository'],
  [/\binit\b/gi, 'start'],
  [/\bdeps\b/gi, 'dependencies'],
];
