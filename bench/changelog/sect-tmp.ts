import { classify } from '#src/changelog/changes/classify.ts';
import { describeSection } from '#src/changelog/changes/features.ts';
import { groupChanges } from '#src/changelog/changes/group-changes.ts';
import { type Example, fitWeights } from './fit.ts';
import { readRepositories } from './repositories.ts';
import { isMatch } from './score.ts';

const rel = await readRepositories('/work/shared/data/changes');
type R = { part: string; rule: string; gold: string[]; f: string[]; open: boolean };
const rows: R[] = [];
for (const r of rel) {
  const { groups } = groupChanges(r.changes);
  for (const g of groups) {
    const gold = r.entries
      .filter((e) => e.section && isMatch({ shas: g.items.map((i) => i.change.id), refs: [] }, e, r))
      .map((e) => e.section!);
    if (!gold.length) continue;
    const rule = classify(g, 'engineers');
    const p = g.items[0].parsed;
    rows.push({
      part: r.repository,
      rule,
      gold,
      f: [...describeSection(g), `rule:${rule}`],
      open: (p.type === null || p.type === 'change') && ['Changed', 'Removed'].includes(rule),
    });
  }
}
const repos = [...new Set(rows.map((r) => r.part))];
const S = ['Added', 'Changed', 'Fixed', 'Removed'];
for (const pen of [0.01, 0.03, 0.1])
  for (const pr of [0, 0.5, 1, 1.5]) {
    let out = '';
    let m = 0,
      m0 = 0;
    for (const repo of repos) {
      const tr = rows.filter((r) => r.part !== repo && r.open);
      const W = Object.fromEntries(
        S.map((s) => [
          s,
          fitWeights(
            tr.flatMap((r) => r.gold.map((g) => ({ part: r.part, features: r.f, label: g === s }) as Example)),
            pen,
            Object.fromEntries(S.map((x) => [`rule:${x}`, x === s ? pr : -pr / 2])),
          ),
        ]),
      );
      let ok = 0,
        ok0 = 0,
        n = 0;
      for (const r of rows.filter((r) => r.part === repo))
        for (const g of r.gold) {
          if (!['Added', 'Changed', 'Fixed', 'Removed', 'Deprecated', 'Security'].includes(g)) continue;
          n++;
          const pred = r.open
            ? S.map((s) => ({ s, v: r.f.reduce((a, f) => a + (W[s]![f] ?? 0), 0) })).sort((a, b) => b.v - a.v)[0]!.s
            : r.rule;
          if (pred === g) ok++;
          if (r.rule === g) ok0++;
        }
      out += ` ${repo.slice(0, 6)} ${(ok0 / n).toFixed(3)}>${(ok / n).toFixed(3)}`;
      m += ok / n / 7;
      m0 += ok0 / n / 7;
    }
    console.log(pen, pr, m0.toFixed(3), m.toFixed(3), out);
  }
{
  const pr = 2,
    pen = 0.03;
  const conf: any = {};
  const tr = rows.filter((r) => r.open);
  for (const mode of ['all', 'loro'])
    for (const repo of repos) {
      const t = mode === 'all' ? tr : tr.filter((r) => r.part !== repo);
      const W = Object.fromEntries(
        S.map((s) => [
          s,
          fitWeights(
            t.flatMap((r) => r.gold.map((g) => ({ part: r.part, features: r.f, label: g === s }) as Example)),
            pen,
            Object.fromEntries(S.map((x) => [`rule:${x}`, x === s ? pr : -pr / 2])),
          ),
        ]),
      );
      let ok = 0,
        n = 0;
      for (const r of rows.filter((r) => r.part === repo))
        for (const g of r.gold) {
          if (!['Added', 'Changed', 'Fixed', 'Removed', 'Deprecated', 'Security'].includes(g)) continue;
          n++;
          const pred = r.open
            ? S.map((s) => ({ s, v: r.f.reduce((a, f) => a + (W[s]![f] ?? 0), 0) })).sort((a, b) => b.v - a.v)[0]!.s
            : r.rule;
          if (pred === g) ok++;
          if (mode === 'loro') {
            const k = `${g}->${pred}${r.open ? '' : ' rule'}`;
            conf[k] = (conf[k] ?? 0) + 1;
          }
        }
      if (mode === 'all') console.log(repo.slice(0, 8), (ok / n).toFixed(3), n);
    }
  console.log(conf);
  let mm = 0;
  for (const repo of repos) {
    const rs = rows.filter((r) => r.part === repo);
    mm = rs.filter((r) => new Set(r.gold).size > 1).length;
    console.log(repo, 'mixed', mm, 'of', rs.length);
  }
}
