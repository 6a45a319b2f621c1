import type { App } from './app.ts';

/** Subscribes to logProgress over Server-Sent Events. */
export const watchProgress = (app: Pick<App, 'url' | 'token'>, logId: string, token = app.token): Promise<Response> =>
  fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: 'subscription ($id: ID!) { logProgress(logId: $id) { status progress } }', variables: { id: logId } }),
  });

/** The values of a stream's "next" events, until it ends. */
export async function* readEvents<Value = unknown>(response: Response): AsyncIterable<Value> {
  let held = '';
  for await (const text of (response.body as ReadableStream<Uint8Array>).pipeThrough(
    new TextDecoderStream() as never,
  ) as unknown as AsyncIterable<string>) {
    held += text;
    const events = held.split('\n\n');
    held = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: ?(.*)$/m.exec(event)?.[1];
      if (/^event: ?next$/m.test(event) && data) yield JSON.parse(data) as Value;
    }
  }
}
