import { AppError, isAppError } from '#src/core/errors.ts';
import type { ReceiveAlerts } from '#src/webhooks/receive-alerts.ts';
import { answerJson } from './answer.ts';
import { readBody } from './read-body.ts';
import type { Route } from './server.ts';

// A thousand alerts with long labels; what is too much of it is cut later.
const MAX_BYTES = 32 * 1024 * 1024;
const PATH = '/webhooks/alerts';
const AGAIN_S = 30;

/**
 * `POST /webhooks/alerts` with ALERTS_TOKEN, or `/webhooks/alerts/whk_…`: what Alertmanager tells. It tries again after a 5xx and gives up after
 * anything else, so whatever is only "not now" is a 503.
 */
export const alertsEndpoint = ({ receiveAlerts }: { receiveAlerts: ReceiveAlerts }): Route => ({
  path: PATH,
  async handle(request, response, requestId) {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      throw new AppError('BAD_INPUT', 'Send alerts here with POST.');
    }
    const id = (request.url ?? '').split('?', 1)[0]?.slice(PATH.length + 1) || null;
    const notNow = (message: string, code: string, seconds = AGAIN_S): void => {
      response.setHeader('retry-after', seconds);
      answerJson(response, 503, { error: { code, message, requestId } });
    };
    try {
      const received = await receiveAlerts(id, {
        header: (name) => [request.headers[name]].flat()[0],
        readBody: () => readBody(request, MAX_BYTES),
        requestId,
      });
      if ('ignored' in received) return answerJson(response, 200, { ignored: true, reason: received.ignored });
      const { again, ...told } = received;
      if (again) return notNow(`${told.id}: ${told.notPosted}`, 'NOT_POSTED');
      answerJson(response, 202, told);
    } catch (error) {
      if (!isAppError(error) || error.retryAfterMs === undefined) throw error;
      notNow(error.message, error.code, Math.ceil(error.retryAfterMs / 1000));
    }
  },
});
