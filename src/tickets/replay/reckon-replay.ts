import type { Ticket } from '#db/entities/ticket.ts';
import type { ReplayEstimate, ReplayModel } from '#db/entities/triage-replay.ts';
import type { Db, Orm } from '#db/orm.ts';
import { queryPrepared } from '#db/prepared.ts';
import type { Engine, Log, Receipt, Reckoner } from '#src/core/ports.ts';
import type { Models } from '#src/tickets/prediction/models.ts';
import { predictTicket } from '#src/tickets/prediction/predict.ts';
import { ensureSettings, openCategories } from '#src/tickets/settings/settings.ts';
import { guidedBy, triageTask } from '#src/tickets/triage-task.ts';
import { mayLeave } from '#src/tickets/triage-ticket.ts';
import { lastDecided } from './last-decided.ts';

export type ReckonDeps = { orm: Orm; models: Models; reckoner: Reckoner; log: Log };
export type Reckoned = { workspaceId: string; model: ReplayModel; last: number; engineModel: string | null; prompt: string | null };

// So many questions are put together as they would be; the others are like them.
const SAMPLED = 20;
// Where no answer of that model is on record: a code, a phrase and a sentence.
const USUAL_ANSWER_TOKENS = 80;
const ANSWERS_LOOKED_AT = 200;

/** What a replay would cost: a part of its questions is put together as they would be, and nothing is sent. */
export const reckonReplay = async (deps: ReckonDeps, db: Db, asked: Reckoned, now: Date): Promise<ReplayEstimate> => {
  const { reckoner } = deps;
  const settings = await ensureSettings(db, asked.workspaceId, now);
  const categories = await openCategories(db);
  const { tickets } = await lastDecided(db, categories, asked);
  const leaving = tickets.filter((ticket) => mayLeave(ticket, settings.restrictedChannels, { local: false }));
  const model = asked.engineModel ?? reckoner.model;
  const counting = createCounting(reckoner);
  const task = guidedBy(asked.prompt ?? settings.enginePrompt);
  const sample = spread(leaving, SAMPLED);
  for (const { id: ticketId, title, body } of sample)
    await predictTicket({ ...deps, engine: counting.engine, task }, categories, {
      ...{ workspaceId: asked.workspaceId, ticketId, title, body, onlyEarlier: true },
      ...{ threshold: settings.threshold, restrictedChannels: settings.restrictedChannels },
    });
  const share = leaving.length / Math.max(1, sample.length);
  const tokensIn = Math.round(counting.tokens() * share);
  const tokensOut = Math.round(counting.questions() * share * (await tokensOfAnswer(db, asked.workspaceId, model)));
  const times = (count: number): number | null => reckoner.costOf(model, tokensIn * count, tokensOut * count);
  return { tickets: tickets.length, asked: leaving.length, model, tokensIn, tokensOut, costUsd: times(1), mostCostUsd: times(2) };
};

/** In place of the engine: counts what it would be sent, and says nothing that counts. */
const createCounting = (reckoner: Reckoner) => {
  let [tokens, questions] = [0, 0];
  const engine: Engine = {
    name: 'reckoner',
    model: reckoner.model,
    local: false,
    async run(task, input) {
      tokens += await reckoner.tokensOf(task, input);
      questions++;
      return { output: task.offline(input), receipt: nothingSent };
    },
  };
  return { engine, tokens: () => tokens, questions: () => questions };
};

const nothingSent: Receipt = {
  ...{ engine: 'reckoner', model: '', task: '', promptVersion: '', tokensIn: 0, tokensOut: 0 },
  ...{ costUsd: 0, durationMs: 0, maskedCounts: {}, sentHash: null, sentBytes: 0 },
};

/** As they were lately: models that think before they answer take many times as many. */
const tokensOfAnswer = async (db: Db, workspaceId: string, model: string): Promise<number> => {
  const [row] = await queryPrepared<{ tokens: number | null }>(
    db,
    `select avg((receipt->>'tokensOut')::float8) as tokens from (
       select receipt from engine_call where workspace_id = ? and outcome = 'SUCCEEDED' and receipt->>'task' = ? and receipt->>'model' = ? order by id desc limit ${ANSWERS_LOOKED_AT}
     ) lately`,
    [workspaceId, triageTask.name, model],
  );
  return row?.tokens ?? USUAL_ANSWER_TOKENS;
};

const spread = (tickets: readonly Ticket[], count: number): Ticket[] =>
  count >= tickets.length
    ? [...tickets]
    : Array.from({ length: count }, (_, i) => tickets[Math.floor((i * tickets.length) / count)] as Ticket);
