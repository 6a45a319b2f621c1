import { knownValues } from './label-values.ts';
import type { Metrics } from './metrics.ts';

type Look = () => Promise<{ status: string; checks: Record<string, string> }>;

/** Asks at every scrape what `/readyz` would say. One that is being stopped says nothing any more: nobody is to be called for it. */
export const readinessCollector = (metrics: Metrics, look: Look): void => {
  const need = knownValues(['start', 'database', 'migrations', 'queue', 'worker', 'slack', 'api']);
  metrics.onScrape(async () => {
    const { status, checks } = await look();
    metrics.ready.reset();
    if (status === 'stopping') return;
    metrics.ready.set({ need: 'start' }, status === 'starting' ? 0 : 1);
    for (const [name, answer] of Object.entries(checks)) metrics.ready.set({ need: need(name) }, answer === 'ok' ? 1 : 0);
  });
};
