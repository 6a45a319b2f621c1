/** A sentence without what only engineers read: paths, brackets of code, symbols where the sentence stands without them. */
export const toPlainWords = (sentence: string): string => {
  const text = sentence
    .replace(/^(?:[\w@./-]+(?:, ?[\w@./-]+)*|`[^`]+`): +/, '')
    .replaceAll(/\s*\((?:[^()]*[`/_=<>{}][^()]*)\)/g, '')
    .replaceAll(/\s+(?:in|from|of|at|under|via)\s+`?(?:[\w.-]+\/)+[\w.*-]*`?/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // What is written as code is a name, and stays.
  const plain = text
    .split(/`([^`]+)`/)
    .map((part, place) => (place % 2 === 1 ? part : replacements.reduce((so, [pattern, word]) => so.replaceAll(pattern, word), part)))
    .join('')
    .replaceAll(/\b([A-Za-z]+)\(\)/g, '$1');
  return plain === '' ? sentence.replaceAll('`', '') : `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
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
