import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { AppError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/ports.ts';
import type { AuthDeps } from './service.ts';

const ISSUER = 'ai-ops-assistant';
const AUDIENCE = 'ai-ops-assistant/api';
const ALGORITHM = 'HS256';

const claimsSchema = z.object({ sub: z.string(), ws: z.string(), fam: z.string(), exp: z.number() });

export type AccessClaims = { userId: string; workspaceId: string; familyId: string; expiresAt: Date };

export type AccessTokens = {
  sign(claims: Omit<AccessClaims, 'expiresAt'>): { accessToken: string; expiresAt: Date };
  /** Throws UNAUTHENTICATED: expired, or not one of ours. */
  verify(accessToken: string): AccessClaims;
};

/** JWTs of a few minutes. They name the person and the session; what the person may do is looked up (see authenticate.ts). */
export const createAccessTokens = ({ config, clock }: Pick<AuthDeps, 'config'> & { clock: Clock }): AccessTokens => ({
  sign({ userId, workspaceId, familyId }) {
    const now = seconds(clock.now());
    const exp = now + config.ACCESS_TOKEN_MINUTES * 60;
    const payload = { sub: userId, ws: workspaceId, fam: familyId, iat: now, exp, iss: ISSUER, aud: AUDIENCE };
    return { accessToken: jwt.sign(payload, config.jwtSecret, { algorithm: ALGORITHM }), expiresAt: new Date(exp * 1000) };
  },
  verify(accessToken) {
    try {
      const payload = jwt.verify(accessToken, config.jwtSecret, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
        clockTimestamp: seconds(clock.now()),
      });
      const { sub, ws, fam, exp } = claimsSchema.parse(payload);
      return { userId: sub, workspaceId: ws, familyId: fam, expiresAt: new Date(exp * 1000) };
    } catch (error) {
      throw error instanceof jwt.TokenExpiredError ? accessTokenExpired() : notOurs(error);
    }
  },
});

export const accessTokenExpired = (): AppError =>
  new AppError('UNAUTHENTICATED', 'The access token has expired. Get the next one with refreshSession, or sign in again.');

const notOurs = (cause: unknown): AppError =>
  new AppError('UNAUTHENTICATED', 'This access token is not valid here. Sign in again to get a new one.', { cause });

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
