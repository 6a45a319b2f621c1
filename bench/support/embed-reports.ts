import { isAppError } from '#src/core/errors.ts';
import type { Engine } from '#src/core/ports.ts';
import { meaningText } from '#src/tickets/meaning/embed-tickets.ts';
import { alikeInMeaning } from '#src/tickets/meaning/merge.ts';
import { cosineOf, toStored } from '#src/tickets/meaning/vector.ts';
import type { Report } from './ticket-sets.ts';

const AT_ONCE = 50;

/** What each report of a set means, as the product stores it, and how alike in that others are. Throws a TypeError with a sentence. */
export const embedReports = async (
  engine: Engine,
  reports: readonly Report[],
): Promise<(reportId: string) => ReadonlyMap<string, number>> => {
  const vectors = new Map<string, Buffer>();
  for (let from = 0; from < reports.length; from += AT_ONCE) {
    const some = reports.slice(from, from + AT_ONCE);
    const answer = await embed(engine, some.map(meaningText));
    for (const [i, { id }] of some.entries()) vectors.set(id, toStored(answer[i] as Float32Array).vector);
  }
  return (reportId) => {
    const own = vectors.get(reportId) as Buffer;
    const cosines = [...vectors].flatMap(([id, vector]) => (id === reportId ? [] : [[id, cosineOf(own, vector)] as const]));
    const usual = cosines.reduce((sum, [, cosine]) => sum + cosine, 0) / Math.max(1, cosines.length);
    return new Map(cosines.map(([id, cosine]) => [id, alikeInMeaning(cosine, usual)] as const).filter(([, alike]) => alike > 0));
  };
};

const embed = async (engine: Engine, texts: readonly string[]): Promise<Float32Array[]> => {
  try {
    return (await engine.embed?.(texts))?.vectors ?? [];
  } catch (error) {
    throw isAppError(error) ? new TypeError(error.message) : error;
  }
};
