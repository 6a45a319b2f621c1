import { createHash } from 'node:crypto';
import { type ChangelogService, toAtom, toRss } from '#src/changelog/service.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { withBearer } from './basic-auth.ts';
import type { Route } from './server.ts';

export type ChangelogFeedDeps = {
  changelogs: Pick<ChangelogService, 'published' | 'lastHeard'>;
  authenticate(request: { headers: Record<string, unknown> }, requestId: string): Promise<Actor>;
  /** Address people reach this server at; null when they see it as it is. */
  publicUrl: string | null;
};

const PATH = '/changelog';
const MOST = 20;
const audiences = ['engineers', 'customers', 'company'] as const;

const forms = {
  atom: { type: 'application/atom+xml; charset=utf-8', write: toAtom },
  rss: { type: 'application/rss+xml; charset=utf-8', write: toRss },
} as const;

/**
 * `GET /changelog/owner/name.atom` (or `.rss`; `all` for changelogs about everything; `?audience=customers`): the newest changelogs, to be
 * followed by a feed reader. The token (scope CHANGES_READ) comes as a bearer token or, for readers that know only names and passwords, as the
 * password of HTTP Basic. Never in the address: addresses end up in logs.
 */
export const changelogFeed = ({ changelogs, authenticate, publicUrl }: ChangelogFeedDeps): Route => ({
  path: PATH,
  async handle(request, response, requestId) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD');
      throw new AppError('BAD_INPUT', 'A feed is read with GET.');
    }
    const url = new URL(request.url ?? '/', 'http://localhost');
    const { name, form } = parsePath(url.pathname);
    const audience = audiences.find((known) => known === (url.searchParams.get('audience') ?? 'engineers'));
    if (!audience) throw new AppError('BAD_INPUT', `The audience is one of ${audiences.join(', ')}.`, { field: 'audience' });
    response.setHeader('www-authenticate', 'Basic realm="changelog"');
    const actor = await authenticate(withBearer(request), requestId);
    response.removeHeader('www-authenticate');
    const found = await changelogs.published(actor, { system: name === 'all' ? null : name, audience, most: MOST });
    const heard = found.length > 0 ? null : await changelogs.lastHeard(actor, name === 'all' ? null : name);
    if (found.length === 0 && !heard)
      throw new AppError(
        'NOT_FOUND',
        `Nothing was ever heard of ${name === 'all' ? 'anything' : `"${name}"`} here, so there is nothing to follow. Check the name.`,
      );
    const selfUrl = `${publicUrl ?? `http://${request.headers.host ?? 'localhost'}`}${url.pathname}${url.search}`;
    const { type, write } = forms[form];
    const body = write(found, { title: name === 'all' ? 'Everything' : name, selfUrl, heard: heard ?? new Date(0) });
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    const headers = { 'content-type': type, etag, 'cache-control': 'private, max-age=300', 'x-content-type-options': 'nosniff' };
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end();
    response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body);
  },
});

const parsePath = (path: string): { name: string; form: keyof typeof forms } => {
  const [, name, form] = /^\/changelog\/(.+)\.(atom|rss)$/.exec(path) ?? [];
  const decoded = name === undefined ? null : safeDecode(name);
  if (!decoded || decoded.length > 200 || /\p{Cc}/u.test(decoded))
    throw new AppError('NOT_FOUND', 'A feed is at /changelog/owner/name.atom or .rss, and at /changelog/all.atom for everything.');
  return { name: decoded, form: form as keyof typeof forms };
};

const safeDecode = (text: string): string | null => {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
};
