import type { ApiLink } from '#bot/api.ts';
import type { Bot } from '#bot/app.ts';
import type { Config } from '#src/config.ts';
import { isAppError } from '#src/core/errors.ts';
import type { Log } from '#src/core/ports.ts';
import { NotReady, type Readiness } from '#src/http/readiness.ts';
import { type HttpServer, type Route, stillStarting } from '#src/http/server.ts';
import type { SlackObserver } from './slack-drivers.ts';

/** The bot over the API at its address: its route first, for the server wants to know it; then its connection. */
export const createBotParts = async (config: Config, log: Log, answerAt: (route: Route) => unknown, observe: SlackObserver) => {
  const [{ createBot, SLACK_EVENTS_PATH }, { createApi }] = await Promise.all([import('#bot/app.ts'), import('#bot/api.ts')]);
  let listen: Route['handle'] | undefined;
  let connected: { api: ApiLink; bot: Bot } | undefined;
  // The route stands before the server does; the bot needs the server's address.
  if (config.slackMode === 'http')
    answerAt({
      path: SLACK_EVENTS_PATH,
      handle(request, response, requestId) {
        if (!listen) throw stillStarting();
        return listen(request, response, requestId);
      },
    });
  return {
    async connect(server: HttpServer, token: string, closing: AsyncDisposableStack): Promise<boolean> {
      const api = createApi({ url: new URL('/graphql', config.API_URL ?? server.url).href, token });
      const bot = createBot({ config, api, log, observe });
      connected = { api, bot };
      listen = (request, response) => bot.requestListener?.(request, response);
      closing.defer(() => bot.stop());
      return bot.start();
    },
    /** Whom a bot works between: Slack, and an API that takes its token. */
    addNeeds(readiness: Readiness, { ownApi }: { ownApi: boolean }): void {
      readiness.needs('slack', async () => {
        if (!connected?.bot.isReached()) throw new NotReady('not reached');
      });
      if (ownApi) return;
      readiness.needs('api', async () => {
        await connected?.api.ping().catch((error: unknown) => {
          throw isAppError(error) && error.code === 'UNAUTHENTICATED' ? new NotReady('does not take API_TOKEN') : error;
        });
      });
    },
  };
};
