import { type LookupAddress, type LookupOptions, lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError, isAppError } from '#src/core/errors.ts';
import { isPrivateAddress } from './private-address.ts';

export type Post = (
  url: string,
  message: { method?: 'POST' | 'PUT' | 'PATCH'; headers: Record<string, string>; body: string; signal: AbortSignal },
) => Promise<void>;

export type PostDeps = {
  /** Private and loopback addresses are fine (tests, receivers in the same network). */
  allowPrivate: boolean;
  timeoutMs?: number;
  lookup?: (
    hostname: string,
    options: LookupOptions & { all: true },
    done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => void;
};

const TIMEOUT_MS = 10_000;
// A wait asked for is honoured up to here; longer, and the job kit would not try again at all.
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * Posts to an address that an admin wrote down and that may lead anywhere. The address a name stands for is checked in the very look-up that
 * connects, so a name that answers differently the second time gains nothing; redirects are not followed; of the answer only the status is
 * looked at. Throws HOOK_UNAVAILABLE (worth another try) and HOOK_REFUSED (final).
 */
export const createPost =
  ({ allowPrivate, timeoutMs = TIMEOUT_MS, lookup = systemLookup }: PostDeps): Post =>
  async (url, { method = 'POST', headers, body, signal }) => {
    const target = new URL(url);
    const host = target.hostname.replace(/^\[|\]$/g, '');
    if (!allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) throw privateAddress(target);
    const checkedLookup: LookupFunction = (hostname, options, done) =>
      lookup(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) return done(error, []);
        // One private address among public ones is enough: which of them is used is not ours to choose.
        if (!allowPrivate && addresses.some(({ address }) => isPrivateAddress(address))) return done(privateAddress(target), []);
        if (options.all) return done(null, addresses);
        done(null, addresses[0]?.address ?? '', addresses[0]?.family);
      });
    const deadline = AbortSignal.timeout(timeoutMs);
    const { status, retryAfter } = await send(target, body, {
      method,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: checkedLookup,
      agent: false,
      signal: AbortSignal.any([signal, deadline]),
    }).catch((error: NodeJS.ErrnoException) => {
      if (isAppError(error)) throw error;
      const why = deadline.aborted ? `no answer within ${timeoutMs / 1000} s` : (error.code ?? 'the connection failed');
      throw new AppError('HOOK_UNAVAILABLE', `${target.host} could not be reached: ${why}.`, { cause: error });
    });
    if (status >= 200 && status < 300) return;
    if (status === 408 || status === 429 || status >= 500)
      throw new AppError('HOOK_UNAVAILABLE', `${target.host} answered ${status}.`, waitOf(retryAfter));
    throw new AppError(
      'HOOK_REFUSED',
      `${target.host} answered ${status}${status < 400 ? '; redirects are not followed' : ''}. Trying again would change nothing.`,
    );
  };

type Answered = { status: number; retryAfter: string | undefined };

const send = (target: URL, body: string, options: RequestOptions): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const request = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, options, (response) => {
      resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] });
      response.destroy();
    });
    request.on('error', reject);
    request.end(body);
  });

const waitOf = (retryAfter: string | undefined): { retryAfterMs?: number } =>
  retryAfter && /^\d{1,9}$/.test(retryAfter) ? { retryAfterMs: Math.min(Number(retryAfter) * 1000, LONGEST_WAIT_MS) } : {};

const privateAddress = ({ host }: URL): AppError =>
  new AppError('HOOK_REFUSED', `${host} leads to a private address, and nothing is sent there unless WEBHOOK_ALLOW_PRIVATE is on.`);
