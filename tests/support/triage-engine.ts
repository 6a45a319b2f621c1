import type { OpenAiStandIn } from './openai.ts';

/** What a question about a ticket shows the engine. */
export type TriageQuestion = { categories: { code: string; name: string }[]; ticket: string };
export type TriageSaid = { category: string; quote?: string; reason?: string };

type Request = { messages: { role: string; content: unknown }[] };

const readQuestion = ({ messages }: Request): TriageQuestion => {
  const prompt = String(messages.findLast(({ role }) => role === 'user')?.content ?? '');
  const [, list = ''] = /<categories>\n([\s\S]*?)\n<\/categories>/.exec(prompt) ?? [];
  const [, ticket = ''] = /<ticket>\n([\s\S]*)\n<\/ticket>$/.exec(prompt) ?? [];
  return {
    categories: list
      .split('\n')
      .map((line) => ({ code: line.slice(0, line.indexOf(' ')), name: line.slice(line.indexOf(' ') + 1, line.indexOf(': ')) })),
    ticket: ticket.trim(),
  };
};

/** The stand-in answers questions about tickets whose prompt matches as `decide` says; without a quote it quotes how the ticket begins. */
export const answerTriage = (
  openai: OpenAiStandIn,
  prompt: RegExp,
  decide: (question: TriageQuestion) => TriageSaid,
  tokensIn = 1200,
): void => {
  openai.mock.on({ userMessage: new RegExp(`<categories>[\\s\\S]*(?:${prompt.source})`, prompt.flags) }, (request) => {
    const question = readQuestion(request as Request);
    const { category, quote = question.ticket.slice(0, 30).trim(), reason = 'Because.' } = decide(question);
    return {
      content: JSON.stringify({ category, quote, reason }),
      usage: { input_tokens: tokensIn, output_tokens: 30, total_tokens: tokensIn + 30, prompt_tokens: tokensIn, completion_tokens: 30 },
    };
  });
};

/** It names the category of that name, whatever it is called in this question. */
export const engineNames = (openai: OpenAiStandIn, prompt: RegExp, name: string, quote?: string): void =>
  answerTriage(openai, prompt, ({ categories }) => ({
    category: categories.find((each) => each.name === name)?.code ?? 'none',
    ...(quote === undefined ? {} : { quote }),
  }));

/**
 * An engine that does what a ticket tells it: it takes the code that stands there, the place in the list, the category that is named or whose
 * name has a word of the ticket; otherwise none.
 */
export const obey = ({ categories, ticket }: TriageQuestion): TriageSaid => {
  const plain = ticket.normalize('NFKC').replace(/\p{Cf}+/gu, '');
  const squeezed = plain.replace(/[\s.\-_]+/g, '').toLowerCase();
  const byCode = categories.find(({ code }) => plain.includes(code));
  const place = /\bC\s?(\d{1,2})\b/i.exec(plain)?.[1] ?? /\b(\d{1,2})(?:st|nd|rd|th)\b/i.exec(plain)?.[1];
  const byPlace = place === undefined ? undefined : categories[Number(place) - 1];
  const byName = categories.find(({ name }) => squeezed.includes(name.replace(/\s+/g, '').toLowerCase()));
  const byWord = categories.find(({ name }) =>
    name.split(' ').some((word) => word.length > 1 && word !== 'and' && squeezed.includes(word.toLowerCase())),
  );
  return { category: (byCode ?? byPlace ?? byName ?? byWord)?.code ?? 'none', reason: 'As told. <!channel>' };
};
