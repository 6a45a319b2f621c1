import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestText } from '#src/logs/digest/index.ts';
import { phrasesOf } from '#src/logs/wording/phrases.ts';
import type { Benchmark } from './benchmark.ts';
import { bootstrap, mean, rounded } from './support/measures.ts';

/** Do the phrases of the built-in engine say what people wrote about the same lines? */
export const gold: Benchmark = {
  name: 'gold',
  about: 'ROUGE-1 F1 and phrase recall (60 % of its words) of the phrases for groups of lines that people summed up in phrases',
  async run({ data, out, limit }) {
    const groups = data === undefined ? made : (await readGroups(data)).slice(0, limit);
    if (groups.length === 0) throw new TypeError(`There are no groups of lines with a reference in '${data}'.`);
    const judged = groups.map((group) => {
      const prediction = phrasesOf(digestText(group.lines.join('\n')));
      return {
        group,
        prediction,
        rouge: rouge1(prediction.join(' '), group.reference),
        recall: recallOf(prediction.join(' '), group.phrases),
      };
    });
    if (out !== undefined)
      await writeFile(
        out,
        judged
          .map(
            ({ group, prediction, rouge }) =>
              `${JSON.stringify({ id: `${group.system}-${group.group}`, prediction, reference: group.reference, score: rouge })}\n`,
          )
          .join(''),
      );
    return {
      ...figures(judged),
      per_system: Object.fromEntries([...Map.groupBy(judged, ({ group }) => group.system)].map(([system, own]) => [system, figures(own)])),
    };
  },
};

type Group = { system: string; group: number; lines: string[]; reference: string; phrases: string[] };
type Judged = { rouge: number; recall: number };

const figures = (judged: readonly Judged[]) => ({
  n: judged.length,
  rouge1_f1: rounded(mean(judged.map(({ rouge }) => rouge))),
  rouge1_f1_interval: bootstrap(judged, (drawn) => mean(drawn.map(({ rouge }) => rouge))).map(rounded),
  phrase_recall: rounded(mean(judged.map(({ recall }) => recall))),
});

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const rouge1 = (prediction: string, reference: string): number => {
  const [said, wanted] = [wordsOf(prediction), wordsOf(reference)];
  const left = new Map<string, number>();
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1);
  let hits = 0;
  for (const word of said) {
    const count = left.get(word) ?? 0;
    if (count > 0) hits++;
    left.set(word, count - 1);
  }
  return (2 * hits) / Math.max(1, said.length + wanted.length);
};

const recallOf = (prediction: string, phrases: readonly string[]): number => {
  const said = new Set(wordsOf(prediction));
  const found = phrases.filter((phrase) => {
    const words = wordsOf(phrase);
    return words.filter((word) => said.has(word)).length >= 0.6 * words.length;
  });
  return found.length / Math.max(1, phrases.length);
};

const readGroups = async (path: string): Promise<Group[]> => {
  const files = (await readdir(path, { recursive: true }))
    .filter((name) => /logsummary|^[^/]+\.jsonl$/.test(name) && name.endsWith('.jsonl'))
    .sort();
  const texts = await Promise.all(files.map((name) => readFile(join(path, name), 'utf8')));
  return texts
    .flatMap((text) => text.split('\n').filter((line) => line.trim() !== ''))
    .map((line) => JSON.parse(line) as Group)
    .filter(({ phrases }) => Array.isArray(phrases));
};

// Without data: two groups told by hand.
const made: Group[] = [
  {
    system: 'made',
    group: 1,
    lines: [
      'WARN pool: connection lost to 10.0.0.7:5432',
      'WARN pool: connection lost to 10.0.0.9:5432',
      'INFO pool: reconnected after 120 ms',
    ],
    reference: 'connection lost; reconnected;',
    phrases: ['connection lost', 'reconnected'],
  },
  {
    system: 'made',
    group: 2,
    lines: ['ERROR upload of file /srv/a.bin failed', 'ERROR upload of file /srv/b.bin failed', 'INFO disk /dev/sda1 is full'],
    reference: 'upload failed; disk full;',
    phrases: ['upload failed', 'disk full'],
  },
];
