import type { Supported } from './check-evidence.ts';
import { nounsOfLog, sourceOf } from './check-source.ts';
import { knownOf, knownOfPassage } from './known-words.ts';
import type { Word, Wording } from './read-wording.ts';
import { countNouns, glue, nounsOfKind, plainAdjectives, quantities, timeWords } from './vocabulary.ts';

/**
 * Numbers are never the model's (law 5). A fact must be one of a pattern that is cited, or of the log where the sentence counts its lines; a
 * number that is written out must stand in what is cited, as what it is there: a line's number is no count, a value is no number of times,
 * a time of the log none of the pattern. What is counted must be what the log speaks of.
 */
export const checkNumbers = ({ words }: Wording, support: Supported): boolean =>
  words.every((word, at) => {
    const after = (): Word[] => words.slice(at + 1, at + 4);
    if (word.fact) return holdsFact(word.fact, words, after(), support);
    if (!word.plain && /\d/.test(word.text)) return holdsNumber(word, words[at - 1], after(), support);
    return !mayCount(word) || holdsQuantity(word, words[at - 1], after(), support);
  });

const holdsFact = (
  { owner, name }: { owner: string; name: string },
  words: readonly Word[],
  after: readonly Word[],
  support: Supported,
): boolean => {
  if (owner === 'log') return holdsLogFact(name, words, after, support);
  if (!owner.split('+').every((id) => support.patterns.some((pattern) => pattern.id === id))) return false;
  if (/^(?:count|lines|topCount|distinct)\b/.test(name)) return countsWhatIsThere(after, support, name.startsWith('distinct'));
  return true;
};

const holdsLogFact = (name: string, words: readonly Word[], after: readonly Word[], { aboutLog }: Supported): boolean => {
  const noun = nounsOfLog[name];
  if (noun) return after.length === 0 || after.some(({ lower }) => noun.test(lower));
  // The log's own first and last moment say nothing about one pattern; what is missing is a sentence of its own.
  return (
    aboutLog === true ||
    name === 'bytes' ||
    name.startsWith('missing') ||
    words.some(({ lower }) => /^(?:log|logs|file|excerpt|covers)$/.test(lower))
  );
};

/** '412 customers' where the log speaks of connections: the number is right, and the sentence is not. */
const countsWhatIsThere = ([next, second]: readonly Word[], support: Supported, distinct: boolean): boolean => {
  if (!next || next.fact || /\d/.test(next.text)) return true;
  if (plainAdjectives.has(next.lower) || ['different', 'distinct', 'more', 'separate', 'such', 'failed', 'severe'].includes(next.lower))
    return second ? countsWhatIsThere([second], support, distinct) : true;
  if (!/^\p{L}{3,}$/u.test(next.text) || glue.has(next.lower) || countNouns.has(next.lower) || verbs.test(next.lower)) return true;
  const { stem } = next;
  if (distinct && namesValues(stem, support)) return true;
  return [...support.patterns.map(knownOf), ...(support.passages ?? []).map(knownOfPassage)].some((known) => known.has(stem));
};

/** What one calls the values of a cited variable: 'hosts', 'addresses'. */
export const namesValues = (stem: string, { patterns }: Supported): boolean =>
  patterns.some(({ variables }) => variables.some(({ kind }) => nounsOfKind[kind]?.has(stem)));

const verbs = /(?:ed|ing)$|^(?:ran|broke|lost|rose|fell|grew|got|were|was)$/;

const isLineWord = (word: Word | undefined): boolean => word !== undefined && /^(?:lines?|l|to|from|until)$/.test(word.lower);
const timesSign = /^(?:times|×|x)$/;

const holdsNumber = (word: Word, before: Word | undefined, after: readonly Word[], support: Supported): boolean => {
  const { text } = word;
  const source = sourceOf(support);
  if (support.patterns.some(({ id }) => id === text) || commonNumber.test(text)) return true;
  for (const part of numbersIn(text)) {
    if (/^L\d/i.test(part) || (isLineWord(before) && isPlainNumber(part))) {
      if (source.hasLine(part.replace(/^L/i, ''))) continue;
      if (!isLineWord(before)) return false;
    }
    const [next] = after;
    if (isPlainNumber(part) && next && unitOf(next.lower) !== undefined) {
      if (source.hasTime(part) || isLength(part, next.lower, before !== undefined && roughly.test(before.lower), support)) continue;
      return false;
    }
    const counted = isPlainNumber(part) && next !== undefined && (timesSign.test(next.lower) || countNouns.has(next.lower));
    if (
      counted
        ? !source.happened(part) && !source.hasPhrase(`${part} ${next?.lower}`)
        : !(source.has(part) || source.hasTime(part) || source.hasCount(part))
    ) {
      if (!(support.aboutLog && source.hasLogCount(part, next?.lower ?? ''))) return false;
    }
    if (isPlainNumber(part) && !countsWhatIsThere(after, support, true)) return false;
  }
  return true;
};

const roughly = /^(?:about|around|roughly|approximately|nearly|almost|over)$/;
const inMs: Readonly<Record<string, number>> = { ms: 1, millisecond: 1, s: 1000, sec: 1000, second: 1000, min: 60_000, minute: 60_000 };
export const unitOf = (word: string): number | undefined => inMs[word.length > 3 ? word.replace(/s$/, '') : word];
const lengths = /(?<![\d.:])(\d+(?:\.\d+)?) ?(ms|milliseconds?|s|sec|seconds?|min|minutes?)(?![\p{L}\d])/giu;
const NEAR = 0.1;

/** '30 seconds' of 'after 30000 ms', and 'about 3 seconds' where all lengths that the samples tell are within a tenth of it. */
const isLength = (part: string, unit: string, isRough: boolean, support: Supported): boolean => {
  const { patterns, passages = [] } = support;
  const asked = Number(part.replaceAll(',', '')) * (unitOf(unit) ?? 1);
  const told = [...patterns.flatMap(({ samples }) => samples.map(({ text }) => text)), ...passages].flatMap((text) =>
    [...text.matchAll(lengths)].map(([, number, of]) => Number(number) * (unitOf((of ?? '').toLowerCase()) ?? 1)),
  );
  if (told.length === 0 || (unit.length <= 2 && !isRough)) return sourceOf(support).has(part);
  return (
    told.includes(asked) || (isRough && told.every((length) => Math.abs(length - asked) <= NEAR * asked)) || valuesOf(support).has(asked)
  );
};

/** Of all variables that are lengths of time, in milliseconds. */
const valuesOf = ({ patterns }: Supported): ReadonlySet<number> =>
  new Set(
    patterns.flatMap(({ template, variables }) =>
      variables.flatMap(({ index, kind, top }) => {
        const after = kind === 'duration' ? '' : (/^ ?([a-zµ]+)/i.exec(template.split(/<[a-z]+>/)[index + 1] ?? '')?.[1] ?? '');
        return top.map(({ value }) => {
          const [, number = '', of = after] = /^(\d+(?:\.\d+)?) ?([a-zµ]+)?$/i.exec(value) ?? [];
          return Number(number) * (unitOf(of.toLowerCase()) ?? Number.NaN);
        });
      }),
    ),
  );

const isPlainNumber = (text: string): boolean => /^\d[\d,.]*$/.test(text);

/** '30 s', '30ms', '12:04–12:19' and '85%' are looked up without what is joined to them. */
const numbersIn = (text: string): string[] => {
  const [unit] = text.match(/^\d[\d,.]*(?=(?:ns|us|µs|ms|s|sec|min|h|d|%|[kmg]i?b|x)$)/i) ?? [];
  return [unit ?? text];
};

const commonNumber =
  /^(?:ipv[46]|utf-?8|oauth2?|k8s|s3|ec2|x509|http\/[12](?:\.[01])?|h2|p\d{2}|[45]xx|java\d{0,2}|log4j|sha-?\d+|md5|base64|tls(?:v?1(?:\.[0-3])?)?|24\/7)$/i;

/** Almost no word does. */
const mayCount = ({ lower, plain }: Word): boolean => counting.has(lower) || (!plain && han.test(lower));

const counting: ReadonlySet<string> = new Set([...Object.keys(quantities), ...timeWords, 'once', 'second', 'one']);
const han = /[〇零一二三四五六七八九十百千万億亿两兩]/u;

const holdsQuantity = (word: Word, before: Word | undefined, after: readonly Word[], support: Supported): boolean => {
  const { lower } = word;
  const source = sourceOf(support);
  if (han.test(lower)) return source.has(lower);
  if (Object.hasOwn(quantities, lower)) {
    const number = quantities[lower];
    return (
      source.hasWord(lower) ||
      (number !== null && number !== undefined && number > 0 && (source.hasCount(String(number)) || source.has(String(number))))
    );
  }
  if (timeWords.has(lower)) return isUnitOf(before) || source.hasWord(lower);
  // 'once the pool was empty' counts nothing.
  if (lower === 'once')
    return /^(?:the|a|an|it|they|this|all|every)$/.test(after[0]?.lower ?? '') || support.patterns.some(({ count }) => count === 1);
  if (lower === 'second')
    return isUnitOf(before) || source.hasWord(lower) || (after.length === 0 && /^(?:a|per|each|every)$/.test(before?.lower ?? ''));
  if (lower === 'one' && after[0] !== undefined && /^\p{L}{4,}$/u.test(after[0].text) && !glue.has(after[0].lower))
    return source.hasWord(lower) || source.happened('1') || /^(?:no|only|each|every|any)$/.test(before?.lower ?? '');
  return true;
};

/** '30 minutes', '{P1.duration}': a unit behind its number. */
const isUnitOf = (before: Word | undefined): boolean => before !== undefined && (before.fact !== null || /^\d/.test(before.text));
