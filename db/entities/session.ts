import { defineEntity, p } from '@mikro-orm/core';
import { workspaceId } from './owned.ts';
import { User } from './user.ts';

/** One refresh token. A family is every token that came from one sign-in; using one twice ends the family. */
const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    userId: () => p.manyToOne(User).mapToPk().fieldName('user_id').deleteRule('cascade').updateRule('no action'),
    familyId: p.text().index(),
    /** SHA-256, hex: refresh tokens are random, so a slow hash adds nothing. */
    tokenHash: p.text().unique().hidden(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    rotatedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});
export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);

export { SessionSchema };
