import type { Config } from '#src/config.ts';
import { bad, type Finding, ok, warn } from './finding.ts';

const TIMEOUT_MS = 10_000;

export type Engine = { findings: Finding[] /** The other side's clock, from its answer. */; date: string | null };

/** Asks the remote engine for its model: that the address answers, the key is taken and the model is there. Costs nothing. */
export const lookAtEngine = async ({ engine, OPENAI_BASE_URL, OPENAI_API_KEY, OPENAI_MODEL }: Config): Promise<Engine> => {
  if (engine === 'builtin') return { findings: [ok('Engine', 'built in: no network, no key, no cost')], date: null };
  const base = (OPENAI_BASE_URL ?? 'https://api.openai.com/v1').replace(/\/$/, '');
  const host = new URL(base).host;
  let answer: Response;
  try {
    answer = await fetch(`${base}/models/${encodeURIComponent(OPENAI_MODEL)}`, {
      headers: { authorization: `Bearer ${OPENAI_API_KEY}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.arrayBuffer();
  } catch {
    return { findings: [bad('Engine', `${host} does not answer`, 'Check OPENAI_BASE_URL and the way out of this network.')], date: null };
  }
  return { findings: [judge(answer.status, host, OPENAI_MODEL)], date: answer.headers.get('date') };
};

const judge = (status: number, host: string, model: string): Finding => {
  if (status === 200) return ok('Engine', `${host} knows ${model}, and takes the key`);
  if (status === 401 || status === 403)
    return bad('Engine', `${host} refuses the key (${status})`, 'Make a new key there and set OPENAI_API_KEY.');
  if (status === 429) return warn('Engine', `${host} says "too many" (429)`, 'Look at the limits and the credit of the account.');
  if (status === 404)
    return warn(
      'Engine',
      `${host} does not say whether it has ${model} (404)`,
      'If summaries fail, check OPENAI_MODEL; some compatible servers have no list of models.',
    );
  return warn('Engine', `${host} answers ${status}`, 'Try again in a minute; while it lasts, digests stand without summaries.');
};
