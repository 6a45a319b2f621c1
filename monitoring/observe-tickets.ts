import type { Metrics } from './metrics.ts';

type Prediction = { categoryId: string | null; priority: string; late?: boolean | undefined };
type Decided = { categoryId?: string | null | undefined; priority?: string | null | undefined; prediction?: Prediction | null | undefined };

type Deciding = {
  setCategory(...given: never[]): Promise<Decided>;
  setPriority(...given: never[]): Promise<Decided>;
};

/** The same service; what people decide is counted beside what was foretold. What was foretold after a decision is judged by nothing. */
export const observeTickets = <Service extends Deciding>(service: Service, metrics: Metrics): Service => {
  const judged =
    <Given extends unknown[], Ticket extends Decided>(field: 'category' | 'priority', decide: (...given: Given) => Promise<Ticket>) =>
    async (...given: Given): Promise<Ticket> => {
      const ticket = await decide(...given);
      const verdict = verdictOf(field, ticket);
      if (verdict) metrics.triageDecisions.inc({ field, verdict });
      return ticket;
    };
  return { ...service, setCategory: judged('category', service.setCategory), setPriority: judged('priority', service.setPriority) };
};

const verdictOf = (field: 'category' | 'priority', { prediction, ...ticket }: Decided): 'accepted' | 'corrected' | 'abstained' | null => {
  if (!prediction || prediction.late) return null;
  if (field === 'priority') return prediction.priority === ticket.priority ? 'accepted' : 'corrected';
  if (prediction.categoryId === null) return 'abstained';
  return prediction.categoryId === ticket.categoryId ? 'accepted' : 'corrected';
};
