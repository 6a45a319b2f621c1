import { pickByKeywords } from '#bench/changelog/keyword-rule.ts';
import { readRepositories } from '#bench/changelog/repositories.ts';
import { isMatch, scoreLines } from '#bench/changelog/score.ts';
import { seeConventions } from '#src/changelog/changes/conventions.ts';
import { describeGroup } from '#src/changelog/changes/features.ts';
import { groupChanges } from '#src/changelog/changes/group-changes.ts';
import { composeChangelog } from '#src/changelog/changes/index.ts';
import { type Example, fitWeights } from './fit.ts';
import { priors } from './priors.ts';

const rel = await readRepositories('/work/shared/data/changes');
const ex: Example[] = rel.flatMap((r) => {
  const { groups } = groupChanges(r.changes);
  const cv = seeConventions(groups);
  return groups.map((g) => ({
    part: r.repository,
    features: describeGroup(g, cv),
    label: r.entries.some((e) => isMatch({ shas: g.items.map((i) => i.change.sha!), refs: [] }, e, r)),
  }));
});
const repos = [...new Set(rel.map((r) => r.repository))];
for (const pen of (process.argv[2] ?? '0.001,0.003,0.01').split(',').map(Number)) {
  const all: any = {};
  (globalThis as any).SHARP = Number(process.env.SHARP ?? 1);
  (globalThis as any).CUT = Number(process.env.CUT ?? 0);
  for (const repo of repos) {
    const w = fitWeights(
      ex.filter((e) => e.part !== repo),
      pen,
      process.env.NOPRIOR ? {} : priors,
    );
    const rs = rel.filter((r) => r.repository === repo && r.entries.some((e) => e.commits.length));
    const out = rs.map((r) => {
      const c = composeChangelog(r.changes, { audience: 'engineers', leakList: [] }, w);
      return {
        r,
        s: scoreLines(
          c.entries.map((e) => ({
            section: e.section,
            text: e.text,
            shas: e.changes,
            refs: e.refs.filter((x) => x.startsWith('#')),
            breaking: e.breaking,
          })),
          r,
        ),
        k: scoreLines(pickByKeywords(r), r),
        n: c.entries.length,
      };
    });
    const m = (f: any) => out.reduce((s, o) => s + f(o), 0) / out.length;
    const t = (f: any) => out.reduce((s, o) => s + f(o), 0);
    all[repo] = {
      f1: m((o: any) => o.s.f1),
      cov: m((o: any) => o.s.coverage),
      prec: m((o: any) => o.s.precision),
      kw: m((o: any) => o.k.f1),
      cat: t((o: any) => o.s.rightSection) / t((o: any) => o.s.scoredSection),
      cat6: t((o: any) => o.s.rightOfOurs) / t((o: any) => o.s.scoredOfOurs),
      rouge: t((o: any) => o.s.rouge) / t((o: any) => o.s.pairs),
      rougeW: t((o: any) => o.s.rougeOfWords) / t((o: any) => o.s.pairs),
    };
  }
  console.log(
    'penalty',
    pen,
    'mean',
    ['f1', 'kw', 'cat', 'cat6', 'rouge', 'rougeW']
      .map((k) => k + ' ' + (repos.reduce((s, r) => s + all[r][k], 0) / repos.length).toFixed(3))
      .join(' '),
  );
  for (const r of repos)
    console.log(
      '  ',
      r.padEnd(34),
      Object.entries(all[r])
        .map(([k, v]: any) => k + ' ' + v.toFixed(3))
        .join(' '),
    );
}
if (process.argv[3]) {
  const w = fitWeights(ex, 0.003);
  console.log(
    Object.entries(w)
      .sort((a, b) => b[1] - a[1])
      .map(([k, v]) => k + ' ' + v)
      .join('\n'),
  );
}
