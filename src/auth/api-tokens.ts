import { ApiToken, type TokenKind } from '#db/entities/api-token.ts';
import { User } from '#db/entities/user.ts';
import { type Db, forWorkspace, type Orm } from '#db/orm.ts';
import { type Actor, requireScope, type Scope } from '#src/core/actor.ts';
import { AppError } from '#src/core/errors.ts';
import { newId } from '#src/core/ids.ts';
import { parseLine } from '#src/core/parse-line.ts';
import type { Clock } from '#src/core/ports.ts';
import { recordAudit } from './audit.ts';
import type { IdentityCache } from './identity-cache.ts';
import { fingerprint, newSecret } from './secrets.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_DAYS = 3650;
const PREVIEW_CHARACTERS = 'aiops_pat_'.length + 4;

type NewToken = { name: string; kind: TokenKind; scopes: readonly Scope[]; expiresInDays?: number | null | undefined };

export type ApiTokens = {
  /** Your own tokens; with ADMIN all of the workspace's. Newest first. */
  tokens(actor: Actor): Promise<ApiToken[]>;
  /** The secret is in the answer and nowhere else. Throws FORBIDDEN (nobody grants a scope they lack), BAD_INPUT. */
  createToken(actor: Actor, input: NewToken): Promise<{ token: ApiToken; secret: string }>;
  /** Works at once in this process, within seconds in others. Throws NOT_FOUND, also for somebody else's token. */
  revokeToken(actor: Actor, id: string): Promise<ApiToken>;
};

export const createApiTokens = ({ orm, clock, cache }: { orm: Orm; clock: Clock; cache: IdentityCache }): ApiTokens => {
  const mine = async (actor: Actor) => {
    if (actor.scopes.includes('ADMIN')) return {};
    const owner = await ownerId(orm, actor);
    return owner ? { userId: owner, kind: 'PERSONAL' as const } : { id: actor.id };
  };

  return {
    async tokens(actor) {
      return forWorkspace(orm, actor.workspaceId).find(ApiToken, await mine(actor), { orderBy: { id: 'desc' } });
    },

    async createToken(actor, input) {
      const name = parseLine(input.name, 'name', 100);
      const scopes = [...new Set(input.scopes)];
      requireGrant(actor, input.kind, scopes);
      const userId = await ownerId(orm, actor);
      if (input.kind === 'PERSONAL' && !userId)
        throw new AppError('FORBIDDEN', 'A personal token belongs to a person. Sign in first, or make a service token.', { field: 'kind' });
      const now = clock.now();
      const secret = newSecret(input.kind === 'PERSONAL' ? 'aiops_pat_' : 'aiops_svc_');
      return forWorkspace(orm, actor.workspaceId).transactional(async (em) => {
        const token = em.create(ApiToken, {
          id: newId('tok'),
          workspaceId: actor.workspaceId,
          userId,
          kind: input.kind,
          name,
          tokenHash: fingerprint(secret),
          preview: secret.slice(0, PREVIEW_CHARACTERS),
          scopes,
          lastUsedAt: null,
          expiresAt: earlier(expiry(now, input.expiresInDays ?? null), await endOf(em, actor)),
          revokedAt: null,
          createdAt: now,
        });
        await em.insert(token);
        await recordAudit(em, actor, 'token.created', token.id);
        return { token, secret };
      });
    },

    async revokeToken(actor, id) {
      const allowed = await mine(actor);
      const token = await forWorkspace(orm, actor.workspaceId).transactional(async (em) => {
        const found = await em.findOne(ApiToken, { $and: [{ id }, allowed] });
        if (!found) throw new AppError('NOT_FOUND', 'That token was not found among yours.', { field: 'id' });
        if (found.revokedAt) return found;
        found.revokedAt = clock.now();
        await em.flush();
        await recordAudit(em, actor, 'token.revoked', id);
        return found;
      });
      cache.forget(id);
      return token;
    },
  };
};

const requireGrant = (actor: Actor, kind: TokenKind, scopes: readonly Scope[]): void => {
  if (kind === 'SERVICE') requireScope(actor, 'ADMIN');
  if (scopes.length === 0)
    throw new AppError('BAD_INPUT', 'Name at least one scope, e.g. LOGS_READ; a token without any can do nothing.', { field: 'scopes' });
  for (const scope of scopes) {
    // No role has ACT_FOR_SLACK: it is for programs, and admins hand it to them.
    const granted = scope === 'ACT_FOR_SLACK' ? kind === 'SERVICE' : actor.scopes.includes(scope);
    if (!granted)
      throw new AppError(
        'FORBIDDEN',
        scope === 'ACT_FOR_SLACK'
          ? 'Only a service token can have the scope ACT_FOR_SLACK.'
          : `You cannot grant the scope ${scope}, because you do not have it yourself.`,
        { field: 'scopes' },
      );
  }
};

// The person behind a session or a personal token; nobody behind a service token or the terminal.
const ownerId = async (orm: Orm, actor: Actor): Promise<string | null> => {
  const em = forWorkspace(orm, actor.workspaceId);
  const token = await em.findOne(ApiToken, { id: actor.id });
  const userId = token ? (token.kind === 'PERSONAL' ? (token.userId ?? null) : null) : actor.id;
  return userId && (await em.count(User, { id: userId })) > 0 ? userId : null;
};

/** A token cannot make one that outlives it: otherwise a day's token would be one for ever. */
const endOf = async (em: Db, actor: Actor): Promise<Date | null> => (await em.findOne(ApiToken, { id: actor.id }))?.expiresAt ?? null;

const earlier = (one: Date | null, other: Date | null): Date | null => (one && other ? (one < other ? one : other) : (one ?? other));

const expiry = (now: Date, days: number | null): Date | null => {
  if (days === null) return null;
  if (days < 1 || days > MAX_DAYS)
    throw new AppError('BAD_INPUT', `A token can live 1 to ${MAX_DAYS} days; leave expiresInDays out for no end.`, {
      field: 'expiresInDays',
    });
  return new Date(now.getTime() + days * DAY_MS);
};
