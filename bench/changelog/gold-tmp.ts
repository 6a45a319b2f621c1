import { classify } from '#src/changelog/changes/classify.ts';
import { groupChanges } from '#src/changelog/changes/group-changes.ts';
import { readRepositories } from './repositories.ts';
import { isMatch } from './score.ts';

for (const r of await readRepositories('/work/shared/data/changes')) {
  const { groups } = groupChanges(r.changes);
  for (const g of groups)
    for (const e of r.entries)
      if (e.section && isMatch({ shas: g.items.map((i) => i.change.id), refs: [] }, e, r)) {
        const p = g.items[0].parsed;
        if (p.type === null || p.type === 'deps')
          console.log(
            e.section.slice(0, 4),
            classify(g, 'engineers').slice(0, 4),
            r.repository.slice(0, 4),
            p.type ?? '',
            p.subject.slice(0, 70),
            '|',
            p.body.replace(/\s+/g, ' ').slice(0, 110),
          );
      }
}
