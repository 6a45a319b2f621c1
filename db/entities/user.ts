import { defineEntity, p } from '@mikro-orm/core';
import { workspaceId } from './owned.ts';

export type Role = 'ADMIN' | 'MEMBER' | 'VIEWER';

const UserSchema = defineEntity({
  name: 'User',
  tableName: 'user_account',
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    /** Lower case. */
    email: p.text().unique(),
    name: p.text(),
    passwordHash: p.text().hidden(),
    role: p.text().$type<Role>(),
    createdAt: p.datetime(),
  },
});
export class User extends UserSchema.class {}
UserSchema.setClass(User);

export { UserSchema };
