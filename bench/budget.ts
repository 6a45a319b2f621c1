import { writeFile } from 'node:fs/promises';
import { createTokenBudget } from '#src/engine/budget.ts';
import { createDigester, type Digest, type Pattern } from '#src/logs/digest/index.ts';
import { lineRecall } from '#src/logs/digest-runner.ts';
import { writeSummaryPrompt } from '#src/logs/summary-prompt.ts';
import { summaryTask } from '#src/logs/summary-task.ts';
import type { Benchmark } from './benchmark.ts';
import { type CiFailure, readCiFailures } from './support/ci-failures.ts';
import { mean, rounded } from './support/measures.ts';

const budgetTokens = 6000;
const lineBudget = 80;

/** What a log costs to send raw and as its digest, and how much of what people marked in it an engine then gets to see. */
export const budget: Benchmark = {
  name: 'budget',
  about:
    'tokens of failed build logs, of what is sent in their place (instructions included, 6,000 at most), and the share of marked lines in it: word by word, or as a line of a pattern that is sent',
  async run({ data, out, limit }) {
    if (data === undefined) throw new TypeError('Say with --data where the marked logs are.');
    const logs = (await readCiFailures(data)).slice(0, limit);
    if (logs.length === 0) throw new TypeError(`There are no marked build logs in '${data}'.`);
    const { countTokens } = await createTokenBudget(budgetTokens);
    const instructions = countTokens(summaryTask.instructions);
    const judged = logs.map((log) => {
      const digester = createDigester({ now: Date.UTC(2026, 0, 1), lineBudget, lineRecall });
      digester.push(log.bytes);
      const digest = digester.finish();
      const write = (sent: Digest): string =>
        writeSummaryPrompt({ digest: sent, title: log.file, source: null }, { maxTokens: budgetTokens - instructions, countTokens });
      const prompt = write(digest);
      return {
        log,
        raw: countTokens(log.bytes.toString('utf8')),
        sent: instructions + countTokens(prompt),
        ...coverage(log, digest, prompt),
        patternsOnly: coverage(log, digest, write({ ...digest, highlights: [] })).covered,
      };
    });
    if (out !== undefined)
      await writeFile(
        out,
        judged
          .map(
            ({ log, sent, covered, verbatim, missed }) =>
              `${JSON.stringify({ id: log.file, tokens: sent, score: covered, verbatim, missed })}\n`,
          )
          .join(''),
      );
    return {
      n: judged.length,
      tokens_raw: judged.reduce((sum, { raw }) => sum + raw, 0),
      tokens_sent: judged.reduce((sum, { sent }) => sum + sent, 0),
      most_tokens_sent: Math.max(...judged.map(({ sent }) => sent)),
      telling_lines_covered: rounded(mean(judged.map(({ covered }) => covered))),
      covered_verbatim: rounded(mean(judged.map(({ verbatim }) => verbatim))),
      covered_by_patterns_only: rounded(mean(judged.map(({ patternsOnly }) => patternsOnly))),
    };
  },
};

/** Of the lines that say anything; the mean over the people who marked them. */
const coverage = ({ bytes, marked }: CiFailure, { patterns }: Digest, prompt: string) => {
  const lines = bytes.toString('utf8').split('\n').map(plain);
  const said = squeeze(prompt);
  const sent = patterns.filter(({ id, template }) => prompt.includes(`\n${id} `) && /\p{L}{3}/u.test(template));
  const missed = new Set<number>();
  const shares = marked.map((truth) => {
    const telling = [...truth].filter((line) => /[\p{L}\p{N}]/u.test(lines[line - 1] ?? ''));
    const texts = telling.map((line) => ({ line, text: squeeze(lines[line - 1] ?? '') }));
    const verbatim = texts.filter(({ text }) => said.includes(text.slice(0, longestCompared)));
    const known = texts.filter(({ text }) => !verbatim.some((one) => one.text === text) && sent.some((pattern) => tellsOf(pattern, text)));
    for (const { line, text } of texts) if (![...verbatim, ...known].some((one) => one.text === text)) missed.add(line);
    return { verbatim: verbatim.length / Math.max(1, texts.length), covered: (verbatim.length + known.length) / Math.max(1, texts.length) };
  });
  return {
    covered: mean(shares.map(({ covered }) => covered)),
    verbatim: mean(shares.map(({ verbatim }) => verbatim)),
    missed: [...missed],
  };
};

const longestCompared = 85;

const plain = (line: string): string => line.replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '').replace(/^.*\r(?=[^\r])/, '');
const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

const tellsOf = ({ template }: Pattern, text: string): boolean => {
  const parts = squeeze(template.split('↳')[0] ?? '')
    .split(/<[a-z]+>/)
    .map((part) => part.trim());
  if (parts.join('').length < 8) return false;
  let at = 0;
  return parts.every((part) => {
    const found = text.indexOf(part, at);
    at = found + part.length;
    return found >= 0;
  });
};
