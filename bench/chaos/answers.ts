import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { SlackStandIn } from '#tests/support/slack.ts';
import type { Wish } from './askers.ts';

export type Answers = {
  /** Of what was let in. */
  answered: number;
  duplicates: number;
  /** Tries that were told no, and have their answer all the same. */
  despiteNo: number;
};

export type Watched = { slack: SlackStandIn; databaseUrl: string };

/** Counts until everything that was let in is answered, or until `deadline`; `tell` hears how far it is. */
export const waitForAnswers = async (
  watched: Watched,
  wishes: readonly Wish[],
  { deadline, tell }: { deadline: number; tell(answered: number): unknown },
): Promise<Answers> => {
  const letIn = wishes.filter((wish) => wish.letIn).length;
  for (let told = -1; ; ) {
    const counted = await count(watched, wishes);
    if (counted.answered !== told) tell((told = counted.answered));
    if (counted.answered === letIn || performance.now() > deadline) return counted;
    await sleep(250);
  }
};

/** Answers are counted where people see them: each wish's own in its channel, and messages that carry the same delivery, or the same answer, twice. */
const count = async ({ slack, databaseUrl }: Watched, wishes: readonly Wish[]): Promise<Answers> => {
  const done = await ask<{ id: string }>(databaseUrl, `select id from log where status = 'SUCCEEDED'`);
  const succeeded = new Set(done.map(({ id }) => id));
  const counted = { answered: wishes.filter(({ logId }) => logId && succeeded.has(logId)).length };
  let [duplicates, despiteNo] = [0, 0];
  const inSlack = wishes.filter(({ way }) => way !== 'upload');
  for (const [channel, asked] of Map.groupBy(inSlack, (wish) => wish.channel as string)) {
    const messages = slack.messages(channel);
    const deliveries = messages.map(deliveryOf).filter((id) => id !== null);
    duplicates += deliveries.length - new Set(deliveries).size;
    const finished = messages.map(({ blocks }) => JSON.stringify(blocks ?? '')).filter(isFinished);
    const answersOf = (lines: number): number => finished.filter((blocks) => blocks.includes(`· ${spelled(lines)} lines ·`)).length;
    for (const { lines } of asked.filter((wish) => wish.letIn)) {
      const answers = answersOf(lines);
      if (answers > 0) counted.answered++;
      // Under an id of its own, it would be one all the same.
      duplicates += Math.max(0, answers - 1);
    }
    for (const { lines } of asked.flatMap(({ refused }) => refused)) if (lines > 0) despiteNo += answersOf(lines);
  }
  return { ...counted, duplicates, despiteNo };
};

const spelled = (lines: number): string => lines.toLocaleString('en-US');

// The second beat, or the digest with the sentence that the engine gave up.
const isFinished = (blocks: string): boolean => blocks.includes('Checkout could not') || blocks.includes('the engine gave up');

const deliveryOf = (message: Record<string, unknown>): string | null => {
  const payload = (message['metadata'] as { event_payload?: { delivery_id?: string } } | undefined)?.event_payload;
  return payload?.delivery_id ?? null;
};

/** Logs for which a job is still to come or under way. */
export const countWaiting = async (databaseUrl: string): Promise<number> =>
  (await ask<{ count: number }>(databaseUrl, WAITING))[0]?.count ?? 0;

const WAITING = `select count(distinct log.id)::int as count from log left join delivery on delivery.subject_id = log.id
  join graphile_worker._private_jobs job on job.attempts < job.max_attempts
    and (strpos(job.payload::text, log.id) > 0 or strpos(job.payload::text, delivery.id) > 0)`;

/** From the request to the last edit of its answer, in seconds. */
export const longestWait = async (databaseUrl: string): Promise<number> =>
  (await ask<{ seconds: number | null }>(databaseUrl, LONGEST))[0]?.seconds ?? 0;

const LONGEST =
  'select extract(epoch from max(delivery.updated_at - log.created_at))::float8 as seconds from delivery join log on log.id = delivery.subject_id';

const ask = async <Row>(databaseUrl: string, query: string): Promise<Row[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(query)).rows as Row[];
  } finally {
    await client.end();
  }
};
