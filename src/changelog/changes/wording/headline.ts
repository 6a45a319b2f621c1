import { sectionsOf } from '#src/changelog/changes/sections/classify.ts';
import type { Audience, Entry } from '#src/changelog/changes/types.ts';

const words: Record<string, [one: string, many: string]> = {
  Added: ['addition', 'additions'],
  Changed: ['change', 'changes'],
  Deprecated: ['deprecation', 'deprecations'],
  Removed: ['removal', 'removals'],
  Fixed: ['fix', 'fixes'],
  Security: ['security fix', 'security fixes'],
  Product: ['product change', 'product changes'],
  Platform: ['platform change', 'platform changes'],
  'People & Policy': ['change for people and policy', 'changes for people and policy'],
  Operations: ['operations change', 'operations changes'],
};

/** "3 additions, 12 fixes, 1 of them breaking". The numbers are counted here, never written by an engine. Customers hear nothing of what is left out. */
export const writeHeadline = ({ entries, omitted }: Told, audience: Audience): string => {
  if (entries.length === 0) {
    if (omitted.length === 0) return 'Nothing changed';
    return audience === 'customers' ? 'Nothing to report' : `Nothing to report: ${grouped(omitted.length)} left out`;
  }
  const parts = sectionsOf(audience).flatMap((section) => {
    const n = entries.filter((entry) => entry.section === section).length;
    return n === 0 ? [] : [`${grouped(n)} ${words[section]?.[n === 1 ? 0 : 1] ?? section}`];
  });
  const breaking = entries.filter((entry) => entry.breaking).length;
  return `${parts.join(', ')}${breaking === 0 ? '' : `, ${grouped(breaking)} of them breaking`}`;
};

type Told = { entries: readonly Pick<Entry, 'section' | 'breaking'>[]; omitted: readonly unknown[] };

/** 1204 as '1,204'. */
export const grouped = (n: number): string => String(n).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
