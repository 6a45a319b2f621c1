import { endable } from '#graphql/base/endable.ts';
import { toPage } from '#graphql/base/to-page.ts';
import { userErrors } from '#graphql/errors.ts';
import type { Resolvers } from '#graphql/generated/resolver-types.ts';
import { withoutNul } from '#graphql/without-nul.ts';
import { AppError } from '#src/core/errors.ts';
import type { LogView } from '#src/logs/log-view.ts';
import { digestResolvers } from './digest-resolvers.ts';
import { normalResolvers } from './normal-resolvers.ts';
import { parseAskLog } from './parse-ask-log.ts';
import { parseSubmitLog } from './parse-submit-log.ts';
import { questionResolvers } from './question-resolvers.ts';
import { summaryResolvers } from './summary-resolvers.ts';
import { toFilter } from './to-filter.ts';
import { toInt } from './to-int.ts';

export const logsResolvers: Resolvers = {
  Query: {
    log: async (_, { id }, { logs, actor }) => logs.log(await actor(), withoutNul(id)),
    logs: async (_, args, { logs, actor }) => logs.logs(await actor(), toFilter(args.filter), toPage(args)),
    logSummary: async (_, { logId }, { logs, actor }) => logs.logSummary(await actor(), withoutNul(logId)),
    logQuestion: async (_, { id }, { logs, actor }) => logs.logQuestion(await actor(), withoutNul(id)),
    logLines: async (_, { logId, from, to }, { logs, actor }) => logs.logLines(await actor(), withoutNul(logId), from, to),
  },
  Mutation: {
    submitLog: (_, { input }, { logs, actor, maxLogBytes }) =>
      userErrors(
        async () => {
          const asker = await actor();
          return logs.submitLog(asker, parseSubmitLog(asker, input, maxLogBytes));
        },
        { replayed: false },
      ),
    markNoise: (_, { input }, { logs, actor }) =>
      userErrors(async () => {
        const asker = await actor();
        const { logId, patternId, noise } = input;
        const id = await logs.markNoise(asker, { logId: withoutNul(logId), patternId: withoutNul(patternId), noise: noise ?? true });
        return { log: await logs.log(asker, id) };
      }),
    rateLog: (_, { input }, { logs, actor }) =>
      userErrors(async () => {
        const asker = await actor();
        const { logId } = await logs.rateLog(asker, { logId: withoutNul(input.logId), helpful: input.helpful });
        return { log: await logs.log(asker, logId) };
      }),
    askLog: (_, { input }, { logs, actor }) =>
      userErrors(
        async () => {
          const asker = await actor();
          return logs.askLog(asker, parseAskLog(asker, input));
        },
        { replayed: false },
      ),
    cancelLog: (_, { input }, { logs, actor }) => userErrors(async () => ({ log: await logs.cancelLog(await actor(), logIdOf(input)) })),
    retryLog: (_, { input }, { logs, actor }) => userErrors(async () => ({ log: await logs.retryLog(await actor(), logIdOf(input)) })),
    deleteLog: (_, { input }, { logs, actor }) =>
      userErrors(async () => ({ deletedId: await logs.deleteLog(await actor(), logIdOf(input)) })),
  },
  Subscription: {
    logProgress: {
      subscribe: async (_, { logId }, { logs, actor, request }) => {
        const asker = await actor();
        return endable((ended) => logs.watchLog(asker, withoutNul(logId), ended), request.signal) as AsyncIterable<never>;
      },
      resolve: (log: unknown) => toProgress(log as LogView),
    },
  },
  Log: {
    lineCount: ({ lineCount }) => (lineCount === null || lineCount === undefined ? null : toInt(lineCount)),
    summary: async ({ id }, _, { logs, actor }) => logs.logSummary(await actor(), id),
  },
  ...summaryResolvers,
  ...questionResolvers,
  ...normalResolvers,
  ...digestResolvers,
};

// Those who wrote `id` before all was `logId` go on.
const logIdOf = ({ logId, id }: { logId?: string | null | undefined; id?: string | null | undefined }): string => {
  const named = logId ?? id;
  if (!named) throw new AppError('BAD_INPUT', 'Name the log: logId is missing.', { field: 'logId' });
  return withoutNul(named);
};

const toProgress = ({ id, status, progress, failure }: LogView) => ({ logId: id, status, progress, failure: failure ?? null });
