import { defineEntity, p } from '@mikro-orm/core';

/** The one-time token that makes the first admin. At most one row; gone once used. */
const SetupTokenSchema = defineEntity({
  name: 'SetupToken',
  tableName: 'setup_token',
  properties: {
    id: p.text().primary(),
    tokenHash: p.text().hidden(),
    createdAt: p.datetime(),
  },
});
export class SetupToken extends SetupTokenSchema.class {}
SetupTokenSchema.setClass(SetupToken);

export { SetupTokenSchema };
