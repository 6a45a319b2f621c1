import { z } from 'zod';
import { Log } from '#db/entities/log.ts';
import { type LogAnswer, LogQuestion } from '#db/entities/log-question.ts';
import { LogResult } from '#db/entities/log-result.ts';
import { type Db, forWorkspace } from '#db/orm.ts';
import { isAppError } from '#src/core/errors.ts';
import type { BlobStore, Receipt } from '#src/core/ports.ts';
import { enqueueDelivery } from '#src/delivery/enqueue-delivery.ts';
import { defineJob } from '#src/jobs/define-job.ts';
import { type CallDeps, callEngine } from '#src/logs/call-engine.ts';
import { readLines, readText } from '#src/logs/chunks.ts';
import { applyNormal } from '#src/logs/memory/apply-normal.ts';
import { summarizeOffline } from '#src/logs/offline/summarize-offline.ts';
import type { Claim } from '#src/logs/summary.ts';
import { verifyClaims, verifySummary } from '#src/logs/verify/verify-summary.ts';
import { formatClock } from '#src/logs/wording/formats.ts';
import { answerOffline, linesFound, MAX_CLAIMS, missingTerms, noneGot, subjectsOf } from './answer-offline.ts';
import { type AnswerInput, answerTask, type RawAnswer } from './answer-task.ts';
import { besideClaims } from './beside.ts';
import { codeClaims } from './code-claims.ts';
import { countedClaims, narrow, withoutRegard } from './counted-claims.ts';
import { focusOn, isFoundId } from './focus.ts';
import { loginClaims } from './logins.ts';
import { parseQuestion } from './parse-question.ts';
import { pastClaims } from './past-claims.ts';
import { pickRecords } from './pick-records.ts';
import { searchLines } from './search-lines.ts';
import { singular } from './singular.ts';
import { stateClaims } from './states.ts';
import { absenceOf } from './value-claims.ts';

const KINDS_TOLD_APART = 60;

/** Searches the whole log, lets the engine answer from what was found, and keeps what code can confirm (law 6). */
export const createAnswerQuestion = (deps: CallDeps & { blobs: BlobStore }) =>
  defineJob({
    name: 'answer-question',
    payload: z.object({ questionId: z.string(), workspaceId: z.string() }),
    async run({ questionId, workspaceId }, { signal, beat }) {
      const db = forWorkspace(deps.orm, workspaceId);
      const question = await db.findOne(LogQuestion, { id: questionId });
      if (question?.status !== 'QUEUED') return;
      const input = await collect({ db, blobs: deps.blobs }, question, signal);
      const answer = await answerFor(deps, question, input, signal);
      await settle(deps, question, { status: 'SUCCEEDED', answer, failure: null });
      beat('result', questionId, answer.receipt?.engine ?? deps.engine.name);
    },
    async giveUp({ questionId, workspaceId }, { id, code, message }) {
      const question = await forWorkspace(deps.orm, workspaceId).findOne(LogQuestion, { id: questionId });
      if (question?.status === 'QUEUED') await settle(deps, question, { status: 'FAILED', failure: { id, code, message, retryAt: null } });
    },
  });

const collect = async (from: { db: Db; blobs: BlobStore }, { question, logId }: LogQuestion, signal: AbortSignal): Promise<AnswerInput> => {
  const { db } = from;
  const log = await db.findOneOrFail(Log, { id: logId });
  const result = await db.findOneOrFail(LogResult, { logId });
  const normal = result.normal ?? null;
  const digest = applyNormal(result.digest, normal);
  const asked = parseQuestion(question, digest.time);
  const { terms, clock } = asked;
  const text = () => readText(from, { id: logId, bytes: Number(log.bytes ?? 0) }, null);
  const search = await searchLines(text(), { terms, clock, patterns: digest.patterns.slice(0, KINDS_TOLD_APART) }, signal);
  const named = asked.lines ? await readLines(from, logId, asked.lines.from, asked.lines.to) : [];
  const focus = focusOn(
    digest,
    asked,
    search,
    named.map(({ number, text }) => ({ line: number, text })),
  );
  const readPart = async (first: number, last: number) =>
    (await readLines(from, logId, first, last)).map(({ number, text: said }) => ({ line: number, text: said }));
  const counted =
    (await besideClaims(asked, { digest, spokenOf: focus.spokenOf }, readPart)) ??
    loginClaims(asked, digest) ??
    codeClaims(asked, digest) ??
    (await stateClaims(asked, text, signal)) ??
    (await count({ asked, search, digest }, text, signal));
  return { question, asked, search, focus, counted, digest, normal, title: log.title, source: log.source ?? null };
};

/** Null where the question is about all records. */
const count = async (
  { asked, search, digest }: Pick<AnswerInput, 'asked' | 'search' | 'digest'>,
  text: () => AsyncIterable<Buffer>,
  signal: AbortSignal,
): Promise<Claim[] | null> => {
  // 'Carts' may be a name; where no record holds it, it is a kind of thing.
  for (const pluralsAreKinds of [false, true]) {
    const narrowed = narrow(asked, search, digest, pluralsAreKinds);
    if (!narrowed) return null;
    const picked = await pickRecords(text(), narrowed.wish, signal);
    if (!picked) return [];
    if (picked.digest.records > 0) return countedClaims(asked, narrowed, picked, digest);
  }
  return [];
};

/** An engine that is away does not keep anybody waiting: what the search found is an answer too, and says so. */
const answerFor = async (deps: CallDeps, question: LogQuestion, input: AnswerInput, signal: AbortSignal): Promise<LogAnswer> => {
  const written = await callEngine(deps, question, answerTask, input, signal).catch((error: unknown) => {
    if (!isAppError(error) || signal.aborted) throw error;
    return null;
  });
  return check(input, written?.output ?? answerOffline(input), written?.receipt ?? null);
};

const check = (input: AnswerInput, raw: RawAnswer, receipt: Receipt | null): LogAnswer => {
  const { kept, dropped } = verifyClaims(raw.answer, input.focus.digest, MAX_CLAIMS);
  // Where nothing of the engine's holds, what was found still does.
  const hold = ({ answer }: RawAnswer): Claim[] => verifyClaims(answer, input.focus.digest, MAX_CLAIMS).kept;
  const ours = kept.length > 0 ? kept : hold(answerOffline(input));
  const found = ours.length > 0 ? ours : hold(linesFound(input));
  // Counted by code of the records that were meant: what is counted of others is no answer.
  const counted = input.counted && (input.counted.length > 0 ? input.counted : hold(linesFound(input)));
  const none = noneGot(input.asked, input.digest);
  const claims = none ? [none] : (counted ?? [...ownClaims(input, receipt), ...(receipt?.sentHash ? found : withUnheard(input, found))]);
  return {
    claims: claims.map((claim) => ({ ...claim, evidence: claim.evidence.map(withoutFoundId) })),
    missing: missingOf(input),
    linesSearched: input.search.searched,
    unsupportedDropped: input.counted ? 0 : dropped,
    withoutEngine: receipt === null,
    receipt,
  };
};

/** What is remembered of the source is ours to say, whichever engine answers the rest; what is not there only where it found nothing better. */
const ownClaims = (input: AnswerInput, receipt: Receipt | null): Claim[] => {
  const { asked, normal, digest } = input;
  if (asked.wants === 'before') return pastClaims(normal, digest);
  if (asked.wants === 'next' && !receipt?.sentHash) return verifySummary(summarizeOffline({ digest }), digest).nextSteps;
  if (receipt?.sentHash || (asked.wants !== 'values' && asked.wants !== 'count')) return [];
  const absence = absenceOf(
    asked,
    subjectsOf(input).flatMap(({ patterns }) => patterns),
    digest,
  );
  return absence ? [absence] : [];
};

/** What stands nowhere was not looked at, and so it is said. */
const withUnheard = (input: AnswerInput, claims: Claim[]): Claim[] => {
  const { asked, search, focus } = input;
  if (asked.who || (asked.wants !== 'count' && asked.wants !== 'values')) return claims;
  // Of a timeout there is more than one spelling.
  const unheard = missingTerms(search.missing, input.digest).filter(
    ({ word, text }) => singular(word ?? text) !== asked.noun && !/^time/.test(text),
  );
  if (unheard.some(({ weight }) => weight > 1)) return verifyClaims(linesFound(input).answer, focus.digest, MAX_CLAIMS).kept;
  const aside = withoutRegard([...unheard.map(({ word, text }) => word ?? text), ...(asked.ignored ? [asked.ignored] : [])]);
  return claims.map((claim) => ({ ...claim, text: `${claim.text}${aside}` }));
};

const missingOf = ({ search, asked: { clock }, focus, digest }: AnswerInput): string[] => [
  ...missingTerms(search.missing, digest).map(({ text, word }) => word ?? text),
  ...(clock && !focus.moment ? [`${formatClock(clock.from)}–${formatClock(clock.to)}`] : []),
];

const withoutFoundId = <Piece extends { pattern: string | null }>(piece: Piece): Piece =>
  piece.pattern !== null && isFoundId(piece.pattern) ? { ...piece, pattern: null } : piece;

const settle = (
  { orm, clock }: CallDeps,
  { id, workspaceId }: LogQuestion,
  change: Partial<Pick<LogQuestion, 'status' | 'answer' | 'failure'>>,
): Promise<void> =>
  forWorkspace(orm, workspaceId).transactional(async (db) => {
    const settled = await db.nativeUpdate(LogQuestion, { id, status: 'QUEUED' }, { ...change, finishedAt: clock.now() });
    if (settled > 0) await enqueueDelivery(db, id);
  });
