import { Log } from '#db/entities/log.ts';
import { LogQuestion } from '#db/entities/log-question.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Report } from '#src/core/report.ts';
import { redactSecrets } from '#src/core/sensitive/redact-secrets.ts';
import type { Renderer } from '#src/delivery/deliver.ts';
import { toItem } from '#src/logs/draw-claims.ts';
import { linksOf } from '#src/logs/log-links.ts';
import { receiptLine } from '#src/logs/report.ts';
import { formatCount } from '#src/logs/wording/formats.ts';

/** The answer to a question, in the thread it was asked in. Nothing is shown before there is one. */
export const createAnswerRenderer =
  ({ orm, publicUrl }: { orm: Orm; publicUrl: string | null }): Renderer =>
  async (workspaceId, id) => {
    const db = forWorkspace(orm, workspaceId);
    const question = await db.findOne(LogQuestion, { id });
    const log = question && (await db.findOne(Log, { id: question.logId }));
    if (!log || question.status === 'QUEUED') return null;
    const reply = answerReport(question, log, publicUrl);
    return { root: { ...reply, sections: [], facts: [], actions: [] }, reply, final: true };
  };

const answerReport = ({ question, answer, failure, logId }: LogQuestion, { title }: Log, publicUrl: string | null): Report => {
  const items = (answer?.claims ?? []).map((claim) => toItem(claim, { links: linksOf(logId, publicUrl) }));
  const [first] = (answer?.claims ?? []).flatMap(({ evidence }) => evidence.flatMap(({ lines }) => lines ?? []));
  const action = first && {
    id: 'show_lines',
    label: 'Show lines',
    value: JSON.stringify({ logId, from: Math.max(1, first.from - 10), to: first.from + 80 }),
  };
  return {
    headline: redactSecrets(question.replace(/\s+/g, ' ').slice(0, 200)),
    tone: failure ? 'failed' : 'info',
    subtitle: `asked about ${title}`,
    sections: [{ title: 'Answer', items: items.length > 0 ? items : [{ text: sayNothingFound(failure) }] }],
    charts: [],
    facts: answer ? factsOf(answer) : [],
    actions: action ? [action] : [],
  };
};

const sayNothingFound = (failure: LogQuestion['failure']): string =>
  failure
    ? `This could not be answered: ${failure.message} (${failure.id})`
    : 'The log does not say. Ask with a word, an id or a “phrase” that stands in it.';

const factsOf = ({ missing, linesSearched, unsupportedDropped, withoutEngine, receipt }: NonNullable<LogQuestion['answer']>): string[] => [
  `${formatCount(linesSearched)} ${linesSearched === 1 ? 'line' : 'lines'} searched${missing.length > 0 ? ` · nowhere in them: ${missing.map((term) => `“${redactSecrets(term)}”`).join(', ')}` : ''}`,
  ...(unsupportedDropped > 0
    ? [`${formatCount(unsupportedDropped)} unsupported ${unsupportedDropped === 1 ? 'claim' : 'claims'} dropped`]
    : []),
  ...(withoutEngine ? ['The engine could not be asked; this is what a search found.'] : receipt ? [receiptLine(receipt)] : []),
];
