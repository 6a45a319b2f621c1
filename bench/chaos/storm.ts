import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenAiStandIn } from '#tests/support/openai.ts';
import type { OwnPostgres } from '#tests/support/own-postgres.ts';
import type { SlackStandIn } from '#tests/support/slack.ts';
import { summaryAnswer } from '#tests/support/summary-answer.ts';
import type { Part } from './parts.ts';
import { type Blow, engineFault } from './plan.ts';

export type Storm = {
  slack: SlackStandIn;
  postgres: Pick<OwnPostgres, 'restart'>;
  workers: Part[];
  /** Told of everything that is done. */
  note(blow: Blow): void;
};

/** Deals the blows at their times; when the last is dealt and the signal aborts, Slack is mended. */
export const rage = async (storm: Storm, blows: readonly Blow[], over: AbortSignal): Promise<void> => {
  const begun = performance.now();
  const dealt: Promise<void>[] = [];
  for (const blow of blows) {
    await sleep(Math.max(0, blow.at - (performance.now() - begun)), undefined, { signal: over }).catch(() => {});
    if (over.aborted) break;
    storm.note(blow);
    dealt.push(deal(storm, blow));
  }
  await Promise.all(dealt);
  if (!over.aborted) await new Promise((resolve) => over.addEventListener('abort', resolve, { once: true }));
  storm.slack.heal();
};

const deal = async ({ slack, postgres, workers }: Storm, blow: Blow): Promise<void> => {
  if (blow.kind === 'kill worker') return workers[blow.worker]?.kill();
  if (blow.kind === 'restart PostgreSQL') return postgres.restart(blow.ending, blow.downMs);
  slack.fail(blow.method, blow.fault, { times: blow.times });
};

const HANGS_MS = 6_000;

/** An engine that goes wrong until the signal aborts: too many, an error, nonsense, half an answer, silence. */
export const breakEngine = (openai: OpenAiStandIn, seed: number, requestIn: (prompt: string) => string, over: AbortSignal): void => {
  const good = { content: JSON.stringify(summaryAnswer()), usage: { input_tokens: 1200, output_tokens: 300, total_tokens: 1500 } };
  const tries = new Map<string, number>();
  openai.mock.on({ userMessage: /orders-db/ }, async (body) => {
    const request = requestIn(JSON.stringify(body));
    const attempt = (tries.get(request) ?? 0) + 1;
    tries.set(request, attempt);
    switch (over.aborted ? null : engineFault(seed, request, attempt)) {
      case 'rate limit':
        return { error: { message: 'slow down', type: 'rate_limit_error', code: 'rate_limit_exceeded' }, status: 429, retryAfter: 1 };
      case 'error':
        return { error: { message: 'boom', type: 'server_error' }, status: 500 };
      case 'nonsense':
        return { content: 'certainly! here is your JSON:' };
      case 'cut off':
        return { content: '{"headline":"Check', finishReason: 'length' };
      case 'hang':
        await sleep(HANGS_MS, undefined, { signal: over }).catch(() => {});
        return good;
      case null:
        return good;
    }
  });
};
