import { hostname } from 'node:os';
import { ROOT_CONTEXT, type SpanContext, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { isAppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';
import { currentTrace, inTrace } from '#src/core/trace.ts';
import type { Tracing } from './tracing.ts';

export type TraceSettings = {
  /** Of an OTLP collector over HTTP, e.g. http://localhost:4318. */
  endpoint: string;
  headers?: Record<string, string> | undefined;
  /** 0 to 1: of traces that begin here; one that came with a decision keeps it. */
  share: number;
  roles: readonly string[];
  log: Pick<Log, 'warn'>;
};

const EVERY_MS = 2_000;
const TIMEOUT_MS = 5_000;

/** Traces by OpenTelemetry's SDK, sent in batches. Nothing is global: two processes' worth can live in one test. A collector that is away is not waited for. */
export const createTracing = ({ endpoint, headers, share, roles, log }: TraceSettings): Tracing => {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = warnOnce(new OTLPTraceExporter({ url, timeoutMillis: TIMEOUT_MS, ...(headers ? { headers } : {}) }), (cause) =>
    log.warn(
      { collector: new URL(url).host, cause },
      'Traces could not be sent: look at OTEL_EXPORTER_OTLP_ENDPOINT. The next ones are lost in silence',
    ),
  );
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'ai-ops-assistant',
      'service.instance.id': `${hostname()}-${process.pid}`,
      'aiops.roles': roles.join(' '),
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: EVERY_MS, exportTimeoutMillis: TIMEOUT_MS })],
  });
  const tracer = provider.getTracer('ai-ops-assistant');
  return {
    span({ name, kind, about, parent = currentTrace() }, work) {
      const from = parse(parent);
      const context = from ? trace.setSpanContext(ROOT_CONTEXT, from) : ROOT_CONTEXT;
      const span = tracer.startSpan(name, { kind: kinds[kind], ...(about ? { attributes: about } : {}) }, context);
      const { traceId, spanId, traceFlags } = span.spanContext();
      return inTrace(`00-${traceId}-${spanId}-${traceFlags & 1 ? '01' : '00'}`, async () => {
        try {
          return await work((more) => span.setAttributes(more));
        } catch (error) {
          // Its message may quote what somebody wrote.
          span.setAttribute('error.type', isAppError(error) ? error.code : 'INTERNAL').setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
    },
    async stop() {
      await provider.shutdown().catch(() => {});
    },
  };
};

// A collector that is away for a while is nobody's emergency; one that was never there is a setting to mend.
const warnOnce = (exporter: SpanExporter, warn: (cause: string) => void): SpanExporter => {
  let told = false;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.code !== 0 && !told) {
          told = true;
          warn(result.error?.message ?? 'unknown');
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
};

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL };

// https://www.w3.org/TR/trace-context/#traceparent-header; whatever else a client sends begins a trace of its own.
const parse = (traceparent: string | undefined): SpanContext | null => {
  const [, traceId, spanId, flags] = /^00-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '') ?? [];
  return traceId && spanId && flags ? { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true } : null;
};
