import { defineEntity, p } from '@mikro-orm/core';
import { workspaceId } from './owned.ts';
import { User } from './user.ts';

export type TokenKind = 'PERSONAL' | 'SERVICE';
export type TokenScope =
  | 'LOGS_READ'
  | 'LOGS_WRITE'
  | 'TICKETS_READ'
  | 'TICKETS_WRITE'
  | 'CHANGES_READ'
  | 'CHANGES_WRITE'
  | 'ADMIN'
  | 'ACT_FOR_SLACK';

const ApiTokenSchema = defineEntity({
  name: 'ApiToken',
  tableName: 'api_token',
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    /** Owner of a personal token, maker of a service token; null for the process's own. */
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').nullable().deleteRule('cascade').updateRule('no action'),
    kind: p.text().$type<TokenKind>(),
    name: p.text(),
    /** SHA-256, hex. */
    tokenHash: p.text().unique().hidden(),
    preview: p.text(),
    scopes: p.array().$type<TokenScope[]>(),
    lastUsedAt: p.datetime().nullable(),
    expiresAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});
export class ApiToken extends ApiTokenSchema.class {}
ApiTokenSchema.setClass(ApiToken);

export { ApiTokenSchema };
