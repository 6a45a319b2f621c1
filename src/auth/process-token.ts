import { createHmac } from 'node:crypto';
import { ApiToken } from '#db/entities/api-token.ts';
import { forWorkspace, type Orm } from '#db/orm.ts';
import { newId } from '#src/core/ids.ts';
import { fingerprint } from './secrets.ts';

const NAME = 'Slack bot of this server';

/**
 * The service token of a bot that runs in the same process as its API. It is derived from the signing secret, so that every process and
 * every start has the same one and none is left behind. An admin can revoke it like any other.
 */
export const ensureProcessToken = async (orm: Orm, workspaceId: string, jwtSecret: string): Promise<string> => {
  const secret = `aiops_svc_${createHmac('sha256', jwtSecret).update(`bot of ${workspaceId}`).digest('base64url')}`;
  const db = forWorkspace(orm, workspaceId);
  const tokenHash = fingerprint(secret);
  // Whoever changes the secret wants what was signed with the old one to be worth nothing.
  await db.nativeUpdate(
    ApiToken,
    { name: NAME, kind: 'SERVICE', userId: null, tokenHash: { $ne: tokenHash }, revokedAt: null },
    { revokedAt: new Date() },
  );
  const row = {
    id: newId('tok'),
    workspaceId,
    userId: null,
    kind: 'SERVICE' as const,
    name: NAME,
    tokenHash,
    preview: secret.slice(0, 14),
    scopes: [
      'LOGS_READ',
      'LOGS_WRITE',
      'TICKETS_READ',
      'TICKETS_WRITE',
      'CHANGES_READ',
      'CHANGES_WRITE',
      'ACT_FOR_SLACK',
    ] as ApiToken['scopes'],
    lastUsedAt: null,
    expiresAt: null,
    revokedAt: null,
    createdAt: new Date(),
  };
  await db.upsert(ApiToken, row, {
    onConflictFields: ['tokenHash'],
    onConflictAction: 'merge',
    onConflictMergeFields: ['scopes'],
  });
  return secret;
};
