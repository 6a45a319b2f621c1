import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#src/core/errors.ts';
import type { Change } from './changes/types.ts';

export type PushOptions = {
  /** Of the server, e.g. https://aiops.example.com */
  url: string;
  token: string;
  /** 0 to 1. */
  onProgress(share: number): void;
  signal?: AbortSignal | undefined;
};

export type Pushed = { created: number; known: number };

// A request stays under the server's limits also when every message is long.
const BATCH = 200;
const TRIES = 4;
const FIRST_WAIT_MS = 500;

const MUTATION =
  'mutation ($input: RecordChangesInput!) { recordChanges(input: $input) { created known userErrors { code message field } } }';

/** Sends changes of git to a server, in batches. Sending them again is safe. Throws AppError in words for whoever reads the log of a build. */
export const pushChanges = async (changes: readonly Change[], options: PushOptions): Promise<Pushed> => {
  const pushed = { created: 0, known: 0 };
  for (let at = 0; at < changes.length; at += BATCH) {
    const { created, known } = await sendBatch(changes.slice(at, at + BATCH), options);
    pushed.created += created;
    pushed.known += known;
    options.onProgress(Math.min(1, (at + BATCH) / changes.length));
  }
  return pushed;
};

const sendBatch = async (changes: readonly Change[], options: PushOptions): Promise<Pushed> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(changes, options);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'API_UNAVAILABLE' || attempt === TRIES) throw error;
      await sleep(error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** (attempt - 1), undefined, options.signal ? { signal: options.signal } : {});
    }
  }
};

const send = async (changes: readonly Change[], { url, token, signal }: PushOptions): Promise<Pushed> => {
  const body = JSON.stringify({ query: MUTATION, variables: { input: { changes: changes.map(toInput) } } });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(new URL('/graphql', url), { method: 'POST', headers, body, ...(signal ? { signal } : {}) }).catch(
    (cause: unknown) => {
      throw new AppError('API_UNAVAILABLE', `${url} could not be reached. Check the address and that the server is running.`, { cause });
    },
  );
  const answer = (await response.json().catch(() => null)) as Answer | null;
  const payload = answer?.data?.recordChanges;
  const problem = answer?.errors?.[0]?.message ?? payload?.userErrors[0]?.message;
  if (response.status === 401)
    throw new AppError('UNAUTHENTICATED', 'The token was not accepted. Make one with the scope CHANGES_WRITE and set AIOPS_TOKEN to it.');
  if (response.status === 429 || response.status >= 500) {
    const wait = Number(response.headers.get('retry-after'));
    throw new AppError(
      'API_UNAVAILABLE',
      `${url} answered ${response.status}. Try again later.`,
      wait > 0 ? { retryAfterMs: wait * 1000 } : {},
    );
  }
  if (problem) throw new AppError('BAD_INPUT', `${whichOf(changes, payload?.userErrors[0]?.field)}${problem}`);
  if (!payload)
    throw new AppError('BAD_INPUT', `${url} does not answer like an AI Ops Assistant (status ${response.status}). Check the address.`);
  return payload;
};

type Answer = {
  data?: { recordChanges?: (Pushed & { userErrors: { message: string; field: string | null }[] }) | null } | null;
  errors?: { message: string }[];
};

/** Whoever reads the log of a build knows commits by their names, not by their place in what was sent. */
const whichOf = (changes: readonly Change[], field: string | null | undefined): string => {
  const change = changes[Number(/^changes\.(\d+)/.exec(field ?? '')?.[1] ?? Number.NaN)];
  return change ? `${change.sha?.slice(0, 10) ?? change.title}: ` : '';
};

const toInput = ({ id, source, kind, time, filesChanged, url, sha, ...rest }: Change): Record<string, unknown> => ({
  ...rest,
  ...(kind === 'release' ? { key: id } : {}),
  source: source.toUpperCase(),
  kind: kind.toUpperCase(),
  time: new Date(time).toISOString(),
  filesChanged,
  url,
  sha,
});
