import { ApiToken } from '#db/entities/api-token.ts';
import { Session } from '#db/entities/session.ts';
import { User } from '#db/entities/user.ts';
import { type Orm, unscoped } from '#db/orm.ts';
import { type Role, type Scope, scopesOfRole } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import type { AccessClaims } from './access-tokens.ts';
import { fingerprint } from './secrets.ts';

/** Who is behind a credential, and what they may do just now. */
export type Identity = {
  /** User id of a signed-in session, token id otherwise. */
  id: string;
  userId: string | null;
  familyId: string | null;
  workspaceId: string;
  role: Role;
  scopes: readonly Scope[];
  expiresAt: Date | null;
};

const USED_AT_EVERY_MS = 60_000;

/** Throws UNAUTHENTICATED when the session has ended or the person is gone: an access token alone does not outlive them. */
export const identifySession = async (orm: Orm, { userId, workspaceId, familyId, expiresAt }: AccessClaims): Promise<Identity> => {
  const em = orm.em.fork();
  const user = await em.findOne(User, { id: userId, workspaceId }, unscoped);
  const alive = user && (await em.count(Session, { familyId, userId, revokedAt: null }, unscoped));
  if (!user || !alive) throw new AppError('UNAUTHENTICATED', 'This session has ended. Sign in again.');
  return { id: user.id, userId: user.id, familyId, workspaceId, role: user.role, scopes: scopesOfRole[user.role], expiresAt };
};

/** Throws UNAUTHENTICATED when the token is unknown or revoked. Notes its use, once a minute at most. */
export const identifyToken = async ({ orm, clock }: { orm: Orm; clock: Clock }, secret: string): Promise<Identity> => {
  const em = orm.em.fork();
  const token = await em.findOne(ApiToken, { tokenHash: fingerprint(secret) }, unscoped);
  if (!token)
    throw new AppError('UNAUTHENTICATED', 'This token is not known here. Check that it was copied whole and belongs to this server.');
  if (token.revokedAt) throw new AppError('UNAUTHENTICATED', 'This token was revoked. Make a new one, or ask an admin for it.');
  const owner = token.kind === 'PERSONAL' && token.userId ? await em.findOneOrFail(User, { id: token.userId }, unscoped) : null;
  await noteUse(orm, token, clock.now());
  const scopes = owner ? token.scopes.filter((scope) => scopesOfRole[owner.role].includes(scope)) : token.scopes;
  return {
    id: token.id,
    userId: owner?.id ?? null,
    familyId: null,
    workspaceId: token.workspaceId,
    role: owner?.role ?? roleOf(scopes),
    scopes,
    expiresAt: token.expiresAt ?? null,
  };
};

const noteUse = async (orm: Orm, token: ApiToken, now: Date): Promise<void> => {
  const stale = new Date(now.getTime() - USED_AT_EVERY_MS);
  if (token.lastUsedAt && token.lastUsedAt > stale) return;
  const unnoted = { $or: [{ lastUsedAt: null }, { lastUsedAt: { $lte: stale } }] };
  await orm.em.fork().nativeUpdate(ApiToken, { id: token.id, ...unnoted }, { lastUsedAt: now }, unscoped);
};

// A service token is nobody's: its role is what its scopes amount to.
const roleOf = (scopes: readonly Scope[]): Role => {
  if (scopes.includes('ADMIN')) return 'ADMIN';
  return scopes.includes('LOGS_WRITE') ? 'MEMBER' : 'VIEWER';
};
