import { ApiToken } from '#db/entities/api-token.ts';
import type { AuditEvent } from '#db/entities/audit-event.ts';
import { User } from '#db/entities/user.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import type { Config } from '#src/config.ts';
import type { Actor } from '#src/core/actor.ts';
import type { Clock } from '#src/core/ports.ts';
import { createAccessTokens } from './access-tokens.ts';
import { type ApiTokens, createApiTokens } from './api-tokens.ts';
import { type AuditTrail, createAuditTrail } from './audit-trail.ts';
import { type Authenticate, createAuthenticate } from './authenticate.ts';
import { createIdentityCache } from './identity-cache.ts';
import { createPasswords } from './passwords.ts';
import { createPeople, type People } from './people.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { type CreateFirstAdmin, createFirstAdminMaker } from './setup.ts';
import { createThrottle } from './throttle.ts';

export type AuthDeps = {
  orm: Orm;
  config: Pick<Config, 'ACCESS_TOKEN_MINUTES' | 'REFRESH_TOKEN_DAYS' | 'BCRYPT_COST'> & { jwtSecret: string };
  clock: Clock;
};

/** Somebody who has not proved who they are yet. `address` is where the request came from, null when that is not known. */
export type Caller = { requestId: string; address: string | null };

export type ViewerView = {
  user: User | null;
  token: ApiToken | null;
  workspace: Workspace;
  role: Actor['role'];
  scopes: readonly Actor['scopes'][number][];
};

export type UserView = User;
export type ApiTokenView = ApiToken;
export type AuditEventView = AuditEvent;
export type { SessionView } from './sessions.ts';

/** Who people and programs are, and what they may do. Everything is within the actor's workspace; the rest is not there. */
export type Auth = Pick<Sessions, 'signIn' | 'refreshSession' | 'signOut'> &
  People &
  ApiTokens &
  AuditTrail & {
    authenticate: Authenticate;
    createFirstAdmin: CreateFirstAdmin;
    /** Who is asking. */
    me(actor: Actor): Promise<ViewerView>;
  };

/** The front door of auth. One per process: it holds the cache that saves a query per request. */
export const createAuth = ({ orm, config, clock }: AuthDeps): Auth => {
  const cache = createIdentityCache(clock);
  const accessTokens = createAccessTokens({ config, clock });
  const passwords = createPasswords(config.BCRYPT_COST);
  const throttle = createThrottle({ orm, clock });
  const sessions = createSessions({ orm, config, clock, accessTokens, passwords, throttle, cache });
  const { signIn, refreshSession, signOut } = sessions;
  return {
    signIn,
    refreshSession,
    signOut,
    ...createPeople({ orm, clock, passwords, sessions, throttle, cache }),
    ...createApiTokens({ orm, clock, cache }),
    ...createAuditTrail({ orm }),
    authenticate: createAuthenticate({ orm, clock, accessTokens, cache }),
    createFirstAdmin: createFirstAdminMaker({ orm, clock, passwords, sessions }),
    me: (actor) => viewer(orm, actor),
  };
};

const viewer = async (orm: Orm, actor: Actor): Promise<ViewerView> => {
  const em = forWorkspace(orm, actor.workspaceId);
  const workspace = await em.findOneOrFail(Workspace, { id: actor.workspaceId });
  const token = await em.findOne(ApiToken, { id: actor.id });
  const userId = token ? (token.kind === 'PERSONAL' ? token.userId : null) : actor.id;
  const user = userId ? await em.findOne(User, { id: userId }) : null;
  return { user, token, workspace, role: actor.role, scopes: actor.scopes };
};
