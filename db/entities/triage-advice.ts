import { defineEntity, p } from '@mikro-orm/core';
import { workspaceId } from './owned.ts';

export type TriageAdviceContent = {
  /** ISO times: the weeks it is about. */
  from: string;
  until: string;
  tickets: number;
  /** Those foretold and then decided by a person, and how many of them were foretold right. */
  decided: number;
  right: number;
  /** What was told of those at the threshold of then, in shares. */
  told?: { tickets: number; threshold: number; right: number; wrong: number; abstained: number };
  /** One that would have served better. */
  betterThreshold?: { threshold: number; right: number; wrong: number } | null;
  overlaps: { categoryIds: [string, string]; mistaken: number; describedAlike: boolean }[];
  unused: string[];
  clusters: { words: string[]; ticketIds: string[]; numbers: number[] }[];
  drift: { index: number; moved: { categoryId: string; before: number; now: number }[] } | null;
  perCategory: { categoryId: string; tickets: number; precision: number | null; recall: number | null }[];
  /** Categories that went back to suggesting in the week before. */
  demoted: string[];
};

/** What a workspace's admins are told about its categories; one for each week. */
const TriageAdviceSchema = defineEntity({
  name: 'TriageAdvice',
  tableName: 'triage_advice',
  uniques: [{ name: 'triage_advice_week', properties: ['workspaceId', 'week'] }],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    /** Its Monday (UTC), e.g. '2026-11-23'. */
    week: p.text(),
    content: p.json().$type<TriageAdviceContent>(),
    createdAt: p.datetime(),
  },
});
export class TriageAdvice extends TriageAdviceSchema.class {}
TriageAdviceSchema.setClass(TriageAdvice);

export { TriageAdviceSchema };
