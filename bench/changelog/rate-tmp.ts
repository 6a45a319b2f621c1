import { groupChanges } from '#src/changelog/changes/group-changes.ts';
import { deedOf } from '#src/changelog/changes/verbs.ts';
import { readRepositories } from './repositories.ts';
import { isMatch } from './score.ts';

const t: any = {};
for (const r of await readRepositories('/work/shared/data/changes')) {
  const { groups } = groupChanges(r.changes);
  for (const g of groups) {
    const p = g.items[0].parsed;
    const k = p.type ?? 'none:' + deedOf(p.subject);
    const o = ((t[r.repository.slice(0, 8)] ??= {})[k] ??= [0, 0]);
    o[1]++;
    if (r.entries.some((e) => isMatch({ shas: g.items.map((i) => i.change.id), refs: [] }, e, r))) o[0]++;
  }
}
for (const r in t)
  console.log(
    r,
    Object.entries(t[r])
      .sort((a: any, b: any) => b[1][1] - a[1][1])
      .map(([k, v]: any) => k + ' ' + v.join('/'))
      .join('  '),
  );
for (const r of await readRepositories('/work/shared/data/changes')) {
  const { groups } = groupChanges(r.changes);
  for (const g of groups) {
    const p = g.items[0].parsed;
    if (r.entries.some((e) => isMatch({ shas: g.items.map((i) => i.change.id), refs: [] }, e, r)) && (p.bump || p.release))
      console.log(r.repository.slice(0, 8), p.bump ? 'B' : 'R', g.items[0].change.title, g.items.length);
    if (/alac|Textu/.test(r.repository) && g.items.length > 2)
      console.log(
        'GROUP',
        g.items.length,
        g.items[0].change.title,
        '::',
        g.items
          .slice(1, 6)
          .map((i) => i.change.title)
          .join(' | '),
      );
  }
}
