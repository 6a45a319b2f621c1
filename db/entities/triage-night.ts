import { defineEntity, p } from '@mikro-orm/core';
import type { Weights } from '#src/tickets/prediction/combine.ts';
import { workspaceId } from './owned.ts';

export type TriageNightReport = {
  /** ISO time: the weeks it is about begin then. */
  from: string;
  tickets: number;
  /** Those foretold and then decided by a person, and how many of them were foretold right. */
  decided: number;
  right: number;
  perCategory: { categoryId: string; tickets: number; precision: number | null; recall: number | null }[];
  drift: { index: number; moved: { categoryId: string; before: number; now: number }[] } | null;
  /** Categories that went back to suggesting this night. */
  demoted: string[];
  /** What was trained; null when there was too little to learn from. */
  model: {
    version: number;
    trainedOn: number;
    heldOut: number;
    calibrationError: number;
    curve: { threshold: number; right: number; wrong: number; abstained: number }[];
    weights: Weights;
  } | null;
  /** What was trained was not taken over: on so many tickets that neither had seen, the model in use was right more often. */
  modelKept?: { tickets: number; right: number; newRight: number } | null;
};

/** What a night's training found out about a workspace's triage; one for each day. */
const TriageNightSchema = defineEntity({
  name: 'TriageNight',
  tableName: 'triage_night',
  uniques: [{ name: 'triage_night_day', properties: ['workspaceId', 'day'] }],
  properties: {
    id: p.text().primary(),
    workspaceId: workspaceId(),
    /** UTC, e.g. '2026-11-23'. */
    day: p.text(),
    report: p.json().$type<TriageNightReport>(),
    createdAt: p.datetime(),
  },
});
export class TriageNight extends TriageNightSchema.class {}
TriageNightSchema.setClass(TriageNight);

export { TriageNightSchema };
