import type { IncomingHttpHeaders } from 'node:http';

/** Headers as if the password of HTTP Basic had come as a bearer token: browsers and feed readers know only names and passwords. */
export const withBearer = ({ headers }: { headers: IncomingHttpHeaders }): { headers: IncomingHttpHeaders } => {
  const basic = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(headers.authorization ?? '')?.[1];
  if (!basic) return { headers };
  const [, token = ''] = /^[^:]*:(.*)$/s.exec(Buffer.from(basic, 'base64').toString('utf8')) ?? [];
  return { headers: { ...headers, authorization: `Bearer ${token}` } };
};
