import { firstValues } from './label-values.ts';
import type { Metrics } from './metrics.ts';

type Rated = { helpful: boolean; changed: boolean; by: string };

/** The same service; what people say of summaries is counted, a changed mind once more. */
export const observeRatings = <Service extends { rateLog(...given: never[]): Promise<Rated> }>(
  service: Service,
  metrics: Metrics,
): Service => {
  const engine = firstValues(20);
  const counted =
    <Given extends unknown[], Answer extends Rated>(rate: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      const rated = await rate(...given);
      if (rated.changed) metrics.ratings.inc({ by: engine(rated.by), verdict: rated.helpful ? 'helpful' : 'not_helpful' });
      return rated;
    };
  return { ...service, rateLog: counted(service.rateLog) };
};
