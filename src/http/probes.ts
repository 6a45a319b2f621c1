import { answerJson } from './answer.ts';
import type { Readiness } from './readiness.ts';
import type { Route } from './server.ts';

/** `/healthz`: the process lives. */
export const healthz: Route = {
  path: '/healthz',
  probe: true,
  handle: (_request, response) => answerJson(response, 200, { status: 'ok' }),
};

/**
 * `/readyz`: 200 when this process can do its work now; 503 with the reason while it cannot, starts or stops. `/readyz/api` asks whether it is an
 * API, too: where addresses pass from one process to the next, a balancer may find a bot where an API was a moment ago.
 */
export const readyz = (readiness: Readiness, parts: readonly string[]): Route => ({
  path: '/readyz',
  probe: true,
  async handle({ url = '' }, response) {
    const [, , part] = (url.split('?', 1)[0] as string).split('/');
    if (part && !parts.includes(part)) return answerJson(response, 503, { status: 'not ready', part: `this is ${parts.join(', ')}` });
    const { ready, status, checks } = await readiness.look();
    answerJson(response, ready ? 200 : 503, { status, ...checks });
  },
});

/**
 * `/startedz`: 200 once it was ready, until it is asked to stop, whatever is away meanwhile. For those that end what they call unhealthy (ECS): another
 * process would be no better off without a database, and nobody would be left to say so.
 */
export const startedz = (readiness: Readiness): Route => ({
  path: '/startedz',
  probe: true,
  async handle(_request, response) {
    const started = await readiness.wasReady();
    answerJson(response, started ? 200 : 503, { status: started ? 'started' : readiness.state() === 'stopping' ? 'stopping' : 'starting' });
  },
});
