import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { Delivery } from '#db/entities/delivery.ts';
import { Log } from '#db/entities/log.ts';
import { LogQuestion } from '#db/entities/log-question.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { type Db, forWorkspace, type Orm, queryRows } from '#db/orm.ts';
import { writeTogether } from '#db/write-together.ts';
import { auditRow } from '#src/auth/audit.ts';
import type { createRequireSlackTeam } from '#src/auth/slack-team.ts';
import { type Actor, requireScope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { Clock, ReplyTo } from '#src/core/ports.ts';
import { newDelivery } from '#src/delivery/new-delivery.ts';
import type { Admission } from '#src/jobs/admission.ts';
import { textForgotten } from '#src/logs/forget/text-forgotten.ts';

/** Which log: by id, or the one a Slack thread is about. */
export type AskedLog = { logId: string } | { thread: { channel: string; ts: string } };

export type AskLog = { log: AskedLog; question: string; idempotencyKey?: string | undefined; replyTo?: ReplyTo | undefined };

export type QuestionService = {
  /** Queues a question. Throws BUSY, NOT_FOUND, BAD_INPUT, CONFLICT while the log is still being read, FORBIDDEN. */
  askLog(actor: Actor, input: AskLog): Promise<{ question: LogQuestion; replayed: boolean }>;
  logQuestion(actor: Actor, id: string): Promise<LogQuestion | null>;
};

export type QuestionServiceDeps = {
  orm: Orm;
  clock: Clock;
  admission: Admission;
  requireSlackTeam: ReturnType<typeof createRequireSlackTeam>;
};

const MAX_QUESTION = 2000;

export const createQuestionService = ({ orm, clock, admission, requireSlackTeam }: QuestionServiceDeps): QuestionService => ({
  async askLog(actor, input) {
    requireScope(actor, 'LOGS_WRITE');
    if (input.replyTo) await requireSlackTeam(actor.workspaceId, input.replyTo.teamId);
    const db = forWorkspace(orm, actor.workspaceId);
    const replay = await findReplay(db, input.idempotencyKey);
    if (replay) return { question: replay, replayed: true };
    const question = newQuestion(clock.now(), actor, input, await findLog(db, input.log));
    const lane = await admission.admit(actor, input.replyTo?.channel);
    try {
      await writeTogether(db, {
        rows: [
          [LogQuestion, question],
          auditRow(actor, 'log.asked', question.logId),
          ...(input.replyTo ? [[Delivery, newDelivery(actor.workspaceId, question.id, input.replyTo, clock.now())] as const] : []),
        ],
        jobs: [
          {
            name: 'answer-question',
            payload: { questionId: question.id, workspaceId: actor.workspaceId, requestId: actor.requestId },
            key: `answer-question:${question.id}`,
            onSameKey: 'once',
            lane,
          },
        ],
      });
      return { question, replayed: false };
    } catch (error) {
      // Somebody else was storing the same key just now.
      const other = error instanceof UniqueConstraintViolationException ? await findReplay(db, input.idempotencyKey) : null;
      if (!other) throw error;
      return { question: other, replayed: true };
    }
  },

  async logQuestion(actor, id) {
    requireScope(actor, 'LOGS_READ');
    return forWorkspace(orm, actor.workspaceId).findOne(LogQuestion, { id });
  },
});

const findReplay = async (db: Db, key: string | undefined): Promise<LogQuestion | null> =>
  key ? db.findOne(LogQuestion, { idempotencyKey: key }) : null;

/** The log, if it was read. */
const findLog = async (db: Db, asked: AskedLog): Promise<Log> => {
  const id = 'logId' in asked ? asked.logId : await findInThread(db, asked.thread);
  const log = id === null ? null : await db.findOne(Log, { id });
  if (!log) throw new AppError('NOT_FOUND', 'That log was not found. Check the id; logs of other workspaces cannot be seen.');
  if (log.textDeletedAt) throw textForgotten(log.textDeletedAt);
  if (!(await db.findOne(LogResult, { logId: log.id }, { fields: ['logId'] })))
    throw new AppError('CONFLICT', 'This log has not been read yet; ask again when its first results are there.');
  return log;
};

/** The newest log a thread got an answer about. */
const findInThread = async (db: Db, { channel, ts }: { channel: string; ts: string }): Promise<string | null> => {
  const [newest] = await queryRows(db, Delivery)
    .select('subjectId')
    .andWhere(`reply_to->>'channel' = ? and coalesce(root_ts, reply_to->>'threadTs') = ? and subject_id like 'log\\_%'`, [channel, ts])
    .orderBy({ id: 'desc' })
    .limit(1)
    .execute<{ subjectId: string }[]>();
  return newest?.subjectId ?? null;
};

const newQuestion = (now: Date, actor: Actor, { question, idempotencyKey }: AskLog, log: Log): LogQuestion => {
  const text = question.replace(/\p{Cc}+/gu, ' ').trim();
  if (text === '')
    throw new AppError('BAD_INPUT', 'The question is empty; ask with a word, an id or a phrase of the log.', { field: 'question' });
  if (text.length > MAX_QUESTION)
    throw new AppError('BAD_INPUT', `The question is too long; ${MAX_QUESTION} characters at most.`, { field: 'question' });
  return Object.assign(new LogQuestion(), {
    id: newId('qst'),
    workspaceId: actor.workspaceId,
    logId: log.id,
    question: text,
    status: 'QUEUED' as const,
    answer: null,
    failure: null,
    createdBy: actor.id,
    actingFor: actor.actingFor,
    idempotencyKey: idempotencyKey ?? null,
    createdAt: now,
    finishedAt: null,
  });
};
