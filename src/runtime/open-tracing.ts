import type { Tracing } from '#monitoring/tracing.ts';
import { type Config, traceHeadersOf } from '#src/config.ts';
import type { Log } from '#src/core/ports.ts';
import type { Role } from '#src/roles.ts';

/** Null unless traces are switched on; then, and only then, OpenTelemetry is loaded. */
export const openTracing = async (
  config: Config,
  roles: readonly Role[],
  log: Log,
  opening: AsyncDisposableStack,
): Promise<Tracing | null> => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share } = config;
  if (!endpoint) return null;
  const { createTracing } = await import('#monitoring/open-telemetry.ts');
  const tracing = createTracing({ endpoint, headers: traceHeadersOf(config), share, roles, log });
  opening.defer(() => tracing.stop());
  return tracing;
};
