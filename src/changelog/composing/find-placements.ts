import { ChangelogPlacement } from '#db/entities/changelog-placement.ts';
import type { Db } from '#db/orm.ts';
import type { Audience, Entry, Omitted, SectionName } from '#src/changelog/changes/types.ts';

/** Where people put what tells of these changes: ids of those that are left out, and the section of others. The newest word of each counts. */
export type Placements = { leftOut: string[]; placed: Record<string, SectionName> };

export const findPlacements = async (db: Db, audience: Audience): Promise<Placements> => {
  const rows = await db.find(ChangelogPlacement, { audience }, { orderBy: { placedAt: 'asc' }, disableIdentityMap: true });
  const leftOut = new Set<string>();
  const placed: Record<string, SectionName> = {};
  for (const { changes, section, leftOut: isOut } of rows)
    for (const id of changes) {
      if (isOut) leftOut.add(id);
      else leftOut.delete(id);
      if (section !== null && section !== undefined) placed[id] = section;
    }
  return { leftOut: [...leftOut], placed };
};

type Told<One> = { entries: One[]; omitted: Omitted[] };

/** Takes out what was left out, and puts the rest where people put it; in the order of `sections`. */
export const placeEntries = <One extends Entry>(
  { entries, omitted }: Told<One>,
  { leftOut, placed }: Placements,
  sections: readonly SectionName[],
): Told<One> => {
  const out = new Set(leftOut);
  const isOut = ({ changes }: Entry): boolean => changes.length > 0 && changes.every((id) => out.has(id));
  const sectionOf = (entry: Entry): SectionName => {
    const section = placed[entry.changes[0] ?? ''];
    return section !== undefined && sections.includes(section) && entry.changes.every((id) => placed[id] === section)
      ? section
      : entry.section;
  };
  const places = new Map(sections.map((section, place) => [section, place]));
  return {
    entries: entries
      .filter((entry) => !isOut(entry))
      .map((entry) => ({ ...entry, section: sectionOf(entry) }))
      .toSorted((a, b) => (places.get(a.section) ?? 0) - (places.get(b.section) ?? 0)),
    omitted: [...omitted, ...entries.filter(isOut).flatMap(({ changes }) => asOmitted(changes))],
  };
};

const asOmitted = ([lead = '', ...rest]: readonly string[]): Omitted[] => [
  { change: lead, reason: 'by-a-person', of: null },
  ...rest.map((change): Omitted => ({ change, reason: 'by-a-person', of: lead })),
];
