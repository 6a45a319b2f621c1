import { AppError } from '#src/core/errors.ts';
import type { ReceiveChanges } from '#src/webhooks/receive-changes.ts';
import { answerJson } from './answer.ts';
import { readBody } from './read-body.ts';
import type { Route } from './server.ts';

// GitHub sends no more than this.
const MAX_BYTES = 25 * 1024 * 1024;
const PATH = '/webhooks/changes';

/** `POST /webhooks/changes/whk_…`: what a repository or another system says has changed. */
export const changesEndpoint = ({ receiveChanges }: { receiveChanges: ReceiveChanges }): Route => ({
  path: PATH,
  async handle(request, response, requestId) {
    if (request.method !== 'POST') {
      response.setHeader('allow', 'POST');
      throw new AppError('BAD_INPUT', 'Send changes here with POST.');
    }
    const id = (request.url ?? '').split('?', 1)[0]?.slice(PATH.length + 1) ?? '';
    const received = await receiveChanges(id, {
      header: (name) => [request.headers[name]].flat()[0],
      readBody: () => readBody(request, MAX_BYTES),
      requestId,
    });
    if ('ignored' in received) return answerJson(response, 200, { ignored: true, reason: received.ignored });
    answerJson(response, 202, {
      changes: received.ids,
      created: received.created,
      known: received.known,
      skipped: received.skipped,
      replayed: received.created === 0,
    });
  },
});
