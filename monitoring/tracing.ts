import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Plugin } from 'graphql-yoga';
import type { Chat, Engine, Receipt } from '#src/core/ports.ts';
import type { AnyJob } from '#src/jobs/define-job.ts';
import { operationLabel } from './graph-plugin.ts';

/** Names, numbers and ids; never text of a message or a log. */
export type About = Record<string, string | number>;

export type SpanKind = 'server' | 'client' | 'consumer' | 'internal';

/** Where spans go. There is one only when traces are switched on; without it nothing is wrapped, and nothing costs anything. */
export type Tracing = {
  /**
   * Runs a piece of work as a span of the present trace, or of `parent` (a W3C traceparent), or as the first of a new one. What the work hands on
   * carries the trace. What it throws flies on; its code is noted, not its words.
   */
  span<Answer>(
    span: { name: string; kind: SpanKind; about?: About; parent?: string | undefined },
    work: (note: (about: About) => void) => Promise<Answer>,
  ): Promise<Answer>;
  /** Sends what is left. */
  stop(): Promise<void>;
};

type Route = { path: string; handle(request: IncomingMessage, response: ServerResponse, requestId: string): void | Promise<void> };

/** The same routes; each request is a span, from its first byte to the end of its answer. */
export const traceRoutes = (routes: readonly Route[], tracing: Tracing): Route[] =>
  routes.map((route) => ({
    path: route.path,
    handle: (request, response, requestId) =>
      tracing.span(
        {
          name: `${request.method} ${route.path}`,
          kind: 'server',
          parent: [request.headers['traceparent']].flat()[0],
          about: { 'http.request.method': request.method ?? '', 'http.route': route.path, 'aiops.request_id': requestId },
        },
        async (note) => {
          const answered = once(response, 'close');
          await route.handle(request, response, requestId);
          await answered;
          note({ 'http.response.status_code': response.statusCode });
        },
      ),
  }));

/** A Yoga plugin: each operation is a span under its request, named after its root field. */
export const traceGraph = (tracing: Tracing): Plugin => ({
  onExecute({ args, executeFn, setExecuteFn }) {
    const field = operationLabel(args);
    const about = { 'graphql.operation.name': field };
    setExecuteFn((given) =>
      tracing.span({ name: `graphql ${field}`, kind: 'internal', about }, async () => executeFn(given as typeof args)),
    );
  },
});

/** The same jobs; each try is a span under whatever enqueued it. */
export const traceJobs = (jobs: readonly AnyJob[], tracing: Tracing): AnyJob[] =>
  jobs.map((job) => ({
    ...job,
    run: (payload, context) =>
      tracing.span(
        {
          name: `job ${job.name}`,
          kind: 'consumer',
          about: { 'aiops.task': job.name, 'aiops.attempt': context.attempt, 'aiops.request_id': context.requestId },
        },
        () => job.run(payload, context),
      ),
  }));

/** The same engine; each call is a span with the names of OpenTelemetry's conventions for generative AI. */
export const traceEngine = (engine: Engine, tracing: Tracing): Engine => {
  const traced = <Answer extends { receipt: Receipt }>(operation: string, model: string, work: () => Promise<Answer>): Promise<Answer> => {
    const about = { 'gen_ai.operation.name': operation, 'gen_ai.provider.name': engine.name, 'gen_ai.request.model': model };
    return tracing.span({ name: `${operation} ${model}`, kind: 'client', about }, async (note) => {
      const answer = await work();
      const { tokensIn, tokensOut, task } = answer.receipt;
      note({ 'gen_ai.usage.input_tokens': tokensIn, 'gen_ai.usage.output_tokens': tokensOut, 'aiops.engine_task': task });
      return answer;
    });
  };
  const { embed, embeddingModel } = engine;
  return {
    name: engine.name,
    model: engine.model,
    local: engine.local,
    run: (task, input, options) => traced(engine.local ? 'offline' : 'chat', engine.model, () => engine.run(task, input, options)),
    ...(embed && embeddingModel
      ? { embeddingModel, embed: (texts, options) => traced('embeddings', embeddingModel, () => embed(texts, options)) }
      : {}),
  };
};

/** The same chat; each step of a delivery is a span. */
export const traceChat = (chat: Chat, tracing: Tracing): Chat => {
  const traced =
    <Given extends unknown[], Answer>(step: string, call: (...given: Given) => Promise<Answer>) =>
    (...given: Given): Promise<Answer> =>
      tracing.span({ name: `${chat.name} ${step}`, kind: 'client' }, () => call(...given));
  return {
    name: chat.name,
    post: traced('post', (message: Parameters<Chat['post']>[0]) => chat.post(message)),
    find: traced('find', (sought: Parameters<Chat['find']>[0]) => chat.find(sought)),
    update: traced('update', (message: Parameters<Chat['update']>[0]) => chat.update(message)),
    remove: traced('remove', (message: Parameters<Chat['remove']>[0]) => chat.remove(message)),
    whisper: traced('whisper', (to: Parameters<Chat['whisper']>[0], sentence: string) => chat.whisper(to, sentence)),
    fetch: traced('fetch', (origin: Parameters<Chat['fetch']>[0]) => chat.fetch(origin)),
  };
};

/** For the bot: each thing that Slack sends is a span, and in Socket Mode the first of its trace. */
export const traceEntries =
  (tracing: Tracing) =>
  <Answer>(entry: string, work: () => Promise<Answer>): Promise<Answer> =>
    tracing.span({ name: `slack ${entry}`, kind: 'internal' }, work);
