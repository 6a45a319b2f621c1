import { defineEntity, p } from '@mikro-orm/core';
import { workspaceId } from './owned.ts';

/** SUPERVISED: suggest and wait for a tap. AUTONOMOUS: apply and post to the team's channel. */
export type TriageMode = 'SUPERVISED' | 'AUTONOMOUS';

const CategorySchema = defineEntity({
  name: 'Category',
  tableName: 'category',
  indexes: [{ name: 'category_by_workspace', properties: ['workspaceId'] }],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    name: p.text(),
    /** What belongs here, in a sentence or two: engines and the first-day classifier read it. */
    description: p.text(),
    team: p.text(),
    /** Channel of the team, where routed tickets are posted; null for nowhere. */
    channel: p.text().nullable(),
    /** Who is named there, e.g. a user or a user group id. */
    onCall: p.text().nullable(),
    mode: p.text().$type<TriageMode>(),
    /** When the mode last changed: it is judged by what came in since. */
    modeSince: p.datetime().nullable(),
    /** Below this share of right predictions the category demotes itself to supervised. */
    targetPrecision: p.float(),
    /** Retired categories keep their history and are never predicted. */
    retiredAt: p.datetime().nullable(),
    createdAt: p.datetime(),
  },
});
export class Category extends CategorySchema.class {}
CategorySchema.setClass(Category);

export { CategorySchema };
