import type { FetchAPI, Plugin } from 'graphql-yoga';
import { AppError } from '#src/core/errors.ts';

/**
 * Reads no body beyond `maxBytes`. Instead of Yoga's own limit: ours answers in words, and costs nothing when the length is
 * declared, since Node's parser ends such a body there (Yoga's copies every body through a stream).
 */
export const useBodyLimit = ({ maxBytes, tooLarge }: { maxBytes: number; tooLarge: string }): Plugin => {
  const refusal = (): AppError => new AppError('TOO_LARGE', tooLarge);
  return {
    onRequestParse({ request, requestParser, setRequestParser, fetchAPI }) {
      const declared = request.headers.get('content-length');
      if (declared !== null && !/^\d+$/.test(declared)) throw new AppError('BAD_INPUT', 'The Content-Length header is not a number.');
      // Who does not even claim to be somebody can only sign in, and that is short.
      const most = request.headers.has('authorization') ? maxBytes : ANONYMOUS_BYTES;
      if (Number(declared) > most) throw most === maxBytes ? refusal() : anonymous();
      if (declared !== null || !requestParser || !request.body) return;
      setRequestParser(async (original) => {
        const { limited, exceeded } = limit(original, most, fetchAPI);
        try {
          return await requestParser(limited);
        } catch (error) {
          throw exceeded() ? (most === maxBytes ? refusal() : anonymous()) : error;
        }
      });
    },
  };
};

const ANONYMOUS_BYTES = 64 * 1024;

const anonymous = (): AppError =>
  new AppError('UNAUTHENTICATED', 'A request of this size needs a token. Send the header "Authorization: Bearer <token>".');

// Parsers wrap a stream's error in errors of their own, so whether the limit was hit is asked here.
const limit = (request: Request, maxBytes: number, fetchAPI: FetchAPI): { limited: Request; exceeded(): boolean } => {
  let bytes = 0;
  const count = {
    transform(chunk: Uint8Array, controller: TransformStreamDefaultController<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) controller.error(new Error('The body is too large.'));
      else controller.enqueue(chunk);
    },
  };
  const Transform = request.body instanceof ReadableStream ? TransformStream : fetchAPI.TransformStream;
  const body = request.body?.pipeThrough(new Transform(count));
  const init = { method: request.method, headers: request.headers, signal: request.signal, body: body ?? null, duplex: 'half' as const };
  return { limited: new fetchAPI.Request(request.url, init), exceeded: () => bytes > maxBytes };
};
