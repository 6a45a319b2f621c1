import { LockMode } from '@mikro-orm/core';
import { Session } from '#db/entities/session.ts';
import { User } from '#db/entities/user.ts';
import { type Db, unscoped } from '#db/orm.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import type { AccessTokens } from './access-tokens.ts';
import { recordAudit } from './audit.ts';
import type { IdentityCache } from './identity-cache.ts';
import type { Passwords } from './passwords.ts';
import { parseEmail } from './people.ts';
import { fingerprint, newSecret } from './secrets.ts';
import type { AuthDeps, Caller } from './service.ts';
import type { Throttle } from './throttle.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What a signed-in person gets: the pair, and who they are. Neither token can be read again later. */
export type SessionView = {
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
  refreshTokenExpiresAt: Date;
  user: User;
};

export type Sessions = {
  /** Throws BAD_INPUT (wrong e-mail or password, in equal time), RATE_LIMITED. */
  signIn(input: { email: string; password: string }, caller: Caller): Promise<SessionView>;
  /** Buys the next pair. A token used twice ends its family. Throws UNAUTHENTICATED: unknown, expired, ended. */
  refreshSession(refreshToken: string, caller: Caller): Promise<SessionView>;
  /** Ends the family of a refresh token. False when there is no such token; doing it again changes nothing. */
  signOut(refreshToken: string, caller: Caller): Promise<boolean>;
  /** Starts a family for a person who has just proved who they are, inside the caller's transaction. */
  open(em: Db, user: User, caller: Caller): Promise<SessionView>;
  /** Ends every session of a person, inside the caller's transaction. */
  endAll(em: Db, userId: string): Promise<void>;
};

type Needs = AuthDeps & { accessTokens: AccessTokens; passwords: Passwords; throttle: Throttle; cache: IdentityCache };

export const createSessions = ({ orm, config, clock, accessTokens, passwords, throttle, cache }: Needs): Sessions => {
  const issue = async (em: Db, user: User, familyId: string | null): Promise<SessionView> => {
    const now = clock.now();
    const id = newId('ses');
    const family = familyId ?? id;
    const refreshToken = newSecret('aiops_ref_');
    const refreshTokenExpiresAt = new Date(now.getTime() + config.REFRESH_TOKEN_DAYS * DAY_MS);
    await em.insert(Session, {
      id,
      workspaceId: user.workspaceId,
      userId: user.id,
      familyId: family,
      tokenHash: fingerprint(refreshToken),
      createdAt: now,
      expiresAt: refreshTokenExpiresAt,
      rotatedAt: null,
      revokedAt: null,
    });
    const { accessToken, expiresAt } = accessTokens.sign({ userId: user.id, workspaceId: user.workspaceId, familyId: family });
    return { accessToken, accessTokenExpiresAt: expiresAt, refreshToken, refreshTokenExpiresAt, user };
  };

  const open: Sessions['open'] = async (em, user, caller) => {
    const session = await issue(em, user, null);
    await recordAudit(em, actorOf(user, caller), 'session.started', user.id);
    return session;
  };

  const endFamily = async (em: Db, familyId: string): Promise<void> => {
    await em.nativeUpdate(Session, { familyId, revokedAt: null }, { revokedAt: clock.now() }, unscoped);
    cache.forget(familyId);
  };

  // Rotation, sign-out and a change of password take turns per person: a pair issued while its family ends would outlive it.
  const locked = async (em: Db, refreshToken: string): Promise<{ session: Session; user: User } | null> => {
    const known = await em.findOne(Session, { tokenHash: fingerprint(refreshToken) }, unscoped);
    if (!known) return null;
    const user = await em.findOneOrFail(User, { id: known.userId }, { ...unscoped, lockMode: LockMode.PESSIMISTIC_WRITE });
    return { session: await em.findOneOrFail(Session, { id: known.id }, { ...unscoped, refresh: true }), user };
  };

  return {
    async signIn({ email, password }, caller) {
      const attempt = { email: parseEmail(email), address: caller.address };
      await throttle.take(attempt);
      const em = orm.em.fork();
      const user = await em.findOne(User, { email: attempt.email }, unscoped);
      const right = await passwords.matches(password, user?.passwordHash ?? null);
      if (!user || !right) throw new AppError('BAD_INPUT', 'The e-mail or the password is wrong.', { field: 'password' });
      await throttle.forgive(attempt);
      const renewedHash = passwords.isOutdated(user.passwordHash) ? await passwords.hash(password) : null;
      return em.transactional(async (tx) => {
        if (renewedHash)
          await tx.nativeUpdate(User, { id: user.id, passwordHash: user.passwordHash }, { passwordHash: renewedHash }, unscoped);
        return open(tx, user, caller);
      });
    },

    async refreshSession(refreshToken, caller) {
      // The ending of a family has to be committed, so what went wrong is thrown after the transaction.
      const outcome = await orm.em.fork().transactional(async (em): Promise<SessionView | AppError> => {
        const found = await locked(em, refreshToken);
        if (!found) return new AppError('UNAUTHENTICATED', 'This refresh token is not known here. Sign in again.');
        const { session, user } = found;
        if (session.revokedAt) return new AppError('UNAUTHENTICATED', 'This session has ended. Sign in again.');
        if (session.rotatedAt) {
          await endFamily(em, session.familyId);
          await recordAudit(em, actorOf(user, caller), 'session.reuse_detected', session.familyId);
          return new AppError(
            'UNAUTHENTICATED',
            'This refresh token was used before, so the session was ended for safety. Sign in again, and change your password if that was not you.',
          );
        }
        if (session.expiresAt <= clock.now()) return new AppError('UNAUTHENTICATED', 'The session has expired. Sign in again.');
        await em.nativeUpdate(Session, { id: session.id }, { rotatedAt: clock.now() }, unscoped);
        return issue(em, user, session.familyId);
      });
      if (outcome instanceof AppError) throw outcome;
      return outcome;
    },

    async signOut(refreshToken, caller) {
      return orm.em.fork().transactional(async (em) => {
        const found = await locked(em, refreshToken);
        if (!found) return false;
        await endFamily(em, found.session.familyId);
        await recordAudit(em, actorOf(found.user, caller), 'session.ended', found.session.familyId);
        return true;
      });
    },

    open,

    async endAll(em, userId) {
      await em.findOneOrFail(User, { id: userId }, { ...unscoped, lockMode: LockMode.PESSIMISTIC_WRITE });
      await em.nativeUpdate(Session, { userId, revokedAt: null }, { revokedAt: clock.now() }, unscoped);
      cache.forget(userId);
    },
  };
};

const actorOf = (user: User, { requestId }: Caller) => ({ workspaceId: user.workspaceId, id: user.id, actingFor: null, requestId });
