import type { Plugin } from 'graphql-yoga';
import { newId } from '#src/core/ids.ts';

const REQUEST_ID_HEADER = 'x-request-id';

const ids = new WeakMap<Request, string>();

/** The id under which everything about a request is found: the caller's, when it sent a sane one, or a new one. */
export const requestIdOf = (request: Request): string => {
  const known = ids.get(request);
  if (known) return known;
  const given = request.headers.get(REQUEST_ID_HEADER);
  const id = given && /^[\w.:-]{1,100}$/.test(given) ? given : newId('req');
  ids.set(request, id);
  return id;
};

/** Says the request's id in the answer. */
export const useRequestId = (): Plugin => ({
  onResponse({ request, response }) {
    response.headers.set(REQUEST_ID_HEADER, requestIdOf(request));
  },
});
