import type { Orm } from '#db/orm.ts';
import type { Actor } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import { type AccessTokens, accessTokenExpired } from './access-tokens.ts';
import { type Identity, identifySession, identifyToken } from './identity.ts';
import type { IdentityCache } from './identity-cache.ts';
import { fingerprint } from './secrets.ts';
import { createRequireSlackTeam } from './slack-team.ts';

/** What is read of a request: `Headers`, or anything that answers like it. */
type HeaderReader = { get(name: string): string | null };

/** The header in which the bot names the Slack user it acts for: slack:<team>:<user>. */
const ACTING_FOR_HEADER = 'x-acting-for';

export type Authenticate = (headers: HeaderReader, requestId: string) => Promise<Actor>;

type Needs = { orm: Orm; clock: Clock; accessTokens: AccessTokens; cache: IdentityCache };

/**
 * Who asks. Throws UNAUTHENTICATED with what to do (missing, expired, revoked, unknown), FORBIDDEN when a caller without
 * ACT_FOR_SLACK names somebody it acts for, BAD_INPUT when the name is malformed.
 */
export const createAuthenticate = ({ orm, clock, accessTokens, cache }: Needs): Authenticate => {
  const identify = async (secret: string): Promise<Identity> =>
    isApiToken(secret) ? identifyToken({ orm, clock }, secret) : identifySession(orm, accessTokens.verify(secret));

  const requireTeam = createRequireSlackTeam(orm);

  return async (headers, requestId) => {
    const secret = bearerOf(headers.get('authorization'));
    const { id, workspaceId, role, scopes, expiresAt } = await cache.get(fingerprint(secret), () => identify(secret));
    if (expiresAt && expiresAt <= clock.now()) throw isApiToken(secret) ? tokenExpired() : accessTokenExpired();
    const slackUser = actingFor(headers.get(ACTING_FOR_HEADER), scopes);
    // A guest of a shared channel belongs to another team: what they click does nothing here.
    if (slackUser) await requireTeam(workspaceId, slackUser.split(':')[1] as string);
    return { workspaceId, id, role, scopes, actingFor: slackUser, requestId };
  };
};

const isApiToken = (secret: string): boolean => secret.startsWith('aiops_');

const bearerOf = (header: string | null): string => {
  if (!header)
    throw new AppError(
      'UNAUTHENTICATED',
      'Sign in first: send the header "Authorization: Bearer <token>" with an access token (signIn) or an API token (createToken).',
    );
  const secret = /^Bearer +([\w.~+/=-]{1,4096})$/i.exec(header.trim())?.[1];
  if (!secret)
    throw new AppError('UNAUTHENTICATED', 'The Authorization header could not be read. It should be "Bearer", one space and the token.');
  return secret;
};

const tokenExpired = (): AppError => new AppError('UNAUTHENTICATED', 'This token has expired. Make a new one, or ask an admin for it.');

const actingFor = (name: string | null, scopes: Identity['scopes']): string | null => {
  if (name === null) return null;
  if (!scopes.includes('ACT_FOR_SLACK'))
    throw new AppError(
      'FORBIDDEN',
      `The header ${ACTING_FOR_HEADER} is only for service tokens with the scope ACT_FOR_SLACK. Leave it out, or use such a token.`,
    );
  if (!/^slack:[A-Za-z0-9]{1,64}:[A-Za-z0-9]{1,64}$/.test(name))
    throw new AppError('BAD_INPUT', `The header ${ACTING_FOR_HEADER} should read slack:<team id>:<user id>.`);
  return name;
};
