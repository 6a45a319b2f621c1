import { AppError } from '#src/core/errors.ts';
import type { ReceiveAlerts } from '#src/webhooks/receive-alerts.ts';
import { answerJson } from './answer.ts';
import { readBody } from './read-body.ts';
import type { Route } from './server.ts';

const MAX_BYTES = 4 * 1024 * 1024;
const PATH = '/webhooks/alerts';

/** `POST /webhooks/alerts/whk_…`: what Alertmanager tells. It tries again after any 5xx, so nothing is lost while we are away. */
export const alertsEndpoint = ({ receiveAlerts }: { receiveAlerts: ReceiveAlerts }): Route => ({
  path: PATH,
  async handle(request, response, requestId) {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      throw new AppError('BAD_INPUT', 'Send alerts here with POST.');
    }
    const id = (request.url ?? '').split('?', 1)[0]?.slice(PATH.length + 1) ?? '';
    const received = await receiveAlerts(id, {
      header: (name) => [request.headers[name]].flat()[0],
      readBody: () => readBody(request, MAX_BYTES),
      requestId,
    });
    if ('ignored' in received) return answerJson(response, 200, { ignored: true, reason: received.ignored });
    answerJson(response, 202, received);
  },
});
