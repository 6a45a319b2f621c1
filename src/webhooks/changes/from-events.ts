import { z } from 'zod';
import { AppError } from '#src/core/errors.ts';
import type { Told } from '#src/webhooks/receive-changes.ts';
import { parsePayload } from './parse-payload.ts';

const event = z.object({
  /** What tells it from others there. */
  id: z
    .union([z.string().min(1), z.number()])
    .transform(String)
    .optional(),
  kind: z.enum(['deploy', 'flag', 'config', 'infrastructure', 'database', 'policy', 'people', 'product', 'release', 'note']),
  system: z.string().min(1),
  title: z.string().min(1),
  body: z.string().optional(),
  time: z.iso.datetime({ offset: true }).optional(),
  url: z.string().optional(),
  refs: z.array(z.string()).optional(),
  labels: z.array(z.string()).optional(),
  breaking: z.boolean().optional(),
});

const several = z.object({ changes: z.array(event).min(1) });
const isSeveral = (body: unknown): boolean => typeof body === 'object' && body !== null && 'changes' in body;

/** Change events in our own form, one or (as `changes`) several. `delivery` tells messages without ids apart. Throws BAD_INPUT. */
export const fromEvents = (body: unknown, delivery: string | undefined): Told => {
  const what = 'a change event { id, kind, system, title, time, … }';
  const events = isSeveral(body) ? parsePayload(several, body, what).changes : [parsePayload(event, body, what)];
  return events.map(({ id, time, ...rest }, place) => {
    const key = id ? `event:${rest.system}:${id}` : delivery && `delivery:${delivery}:${place}`;
    if (!key)
      throw new AppError(
        'BAD_INPUT',
        'There is no "id" in the event, so the same one sent twice could not be told from two. Nothing was kept.',
      );
    return { ...rest, key, source: 'api', time: time ? new Date(time) : new Date() };
  });
};
