import { capitalise } from './capitalise.ts';

/** What happened in the house, and by which commit: ", that took down prod on Tuesday", " in staging", " since 3f2a9c1". */
export const withoutGossip = (sentence: string): string => {
  const left = sentence
    .replace(
      /,?\s+(?:that|which) (?:took|brought) down\b.*$|,?\s+(?:that|which) (?:broke|crashed|killed) (?:prod|production|staging|everything|the (?:site|servers?))\b.*$/i,
      '',
    )
    .replaceAll(/\s+(?:in|on) (?:prod|production|staging)\b/gi, '')
    .replaceAll(
      /\s*\(?(?:\b(?:since|in|from|by|after|of|with) )?(?:commit )?(?<![\w#-])(?=[0-9a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}(?![\w-])\)?/g,
      '',
    )
    .trim();
  return left === '' ? sentence : left;
};

const place = /^(?:[\w@./-]+(?:, ?[\w@./-]+)*|`[^`]+`): +/;

/** A sentence without what only engineers read: paths, brackets of code, symbols where the sentence stands without them. */
export const toPlainWords = (sentence: string, { namesPlace = true }: { namesPlace?: boolean } = {}): string => {
  const told = withoutGossip(sentence);
  const text = (namesPlace ? told.replace(place, '') : told)
    .replaceAll(/\s*\((?:[^()]*[`/_=<>{}][^()]*)\)/g, '')
    .replaceAll(/\s+(?:in|from|of|at|under|via)\s+`?(?:[\w.-]+\/)+[\w.*-]*`?/g, '')
    .replace(/^bump(?:s|ed)? (?=\S+ (?:from|to) )/i, 'Update ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // What is written as code is a name, and stays.
  const plain = text
    .split(/`([^`]+)`/)
    .map((part, place) => (place % 2 === 1 ? part : replacements.reduce((so, [pattern, word]) => so.replaceAll(pattern, word), part)))
    .join('')
    .replaceAll(/\b([A-Za-z]+)\(\)/g, '$1');
  return plain === '' ? sentence.replaceAll('`', '') : capitalise(plain);
};

/** A word by itself: 'config' is, in 'webpack.config.js', '--config' and 'config()' it is part of a name. */
const alone = (word: string): RegExp => new RegExp(String.raw`(?<![\w./:@$-])(?:${word})(?![\w/(:=-]|\.\w)`, 'gi');

const replacements = (
  [
    ['args?', 'arguments'],
    ['params?', 'parameters'],
    ['configs?', 'settings'],
    ['env(?:ironment)? vars?', 'environment settings'],
    ['perf', 'speed'],
    ['regex(?:p|es)?', 'patterns'],
    ['null ?pointers?(?: exceptions?)?|segfaults?|panicking', 'crash'],
    ['authn?', 'sign-in'],
    ['db', 'database'],
    ['repo', 'repository'],
    ['deps', 'dependencies'],
  ] as const
).map(([word, plain]): [RegExp, string] => [alone(word), plain]);
