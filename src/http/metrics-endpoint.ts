import type { Route } from './server.ts';

/** `/metrics`: what Prometheus scrapes. */
export const metricsEndpoint = (metrics: { contentType: string; print(): Promise<string> }): Route => ({
  path: '/metrics',
  probe: true,
  async handle(_request, response) {
    const text = await metrics.print();
    response.writeHead(200, { 'content-type': metrics.contentType });
    response.end(text);
  },
});
