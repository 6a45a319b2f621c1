import { ApiToken } from '#db/entities/api-token.ts';
import { User } from '#db/entities/user.ts';
import { Workspace } from '#db/entities/workspace.ts';
import { fingerprint } from '#src/auth/secrets.ts';
import { newId } from '#src/core/ids.ts';
import type { App } from './app.ts';

/** An admin's token in a workspace of its own. */
export const createStranger = async (app: App, scopes: ApiToken['scopes'] = ['LOGS_READ', 'LOGS_WRITE', 'ADMIN']): Promise<string> => {
  const em = app.database.orm.em.fork();
  const [workspaceId, userId, secret] = [newId('ws'), newId('usr'), `aiops_pat_${newId('tok').slice(4).padEnd(43, 'x')}`];
  await em.insert(Workspace, { id: workspaceId, name: 'Elsewhere', slackTeamId: null, createdAt: new Date() });
  await em.insert(User, {
    id: userId,
    workspaceId,
    email: `${userId}@elsewhere.example`,
    name: 'Eve',
    passwordHash: '-',
    role: 'ADMIN',
    createdAt: new Date(),
  });
  const service = scopes.includes('ACT_FOR_SLACK');
  const token = {
    id: newId('tok'),
    workspaceId,
    userId: service ? null : userId,
    kind: service ? ('SERVICE' as const) : ('PERSONAL' as const),
    name: 'tests',
    tokenHash: fingerprint(secret),
    preview: secret.slice(0, 14),
    scopes,
    lastUsedAt: null,
    expiresAt: null,
    revokedAt: null,
    createdAt: new Date(),
  };
  await em.insert(ApiToken, token);
  return secret;
};
