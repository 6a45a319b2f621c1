import { readRepositories } from '#bench/changelog/repositories.ts';
import { isMatch, rougeL } from '#bench/changelog/score.ts';
import { composeChangelog } from '#src/changelog/changes/index.ts';
import { readHeldOutWeights } from './held-out.ts';

const w = await readHeldOutWeights();
const [mode, pat] = process.argv.slice(2);
for (const r of await readRepositories('/work/shared/data/changes')) {
  if (!r.repository.includes(pat!)) continue;
  const c = composeChangelog(r.changes, { audience: 'engineers', leakList: [] }, w[r.repository]);
  const t = new Map(r.changes.map((x) => [x.id, x]));
  console.log('####', r.version);
  if (mode === 'fn') {
    const hit = new Set<any>();
    for (const e of c.entries) for (const h of r.entries) if (isMatch({ shas: e.changes, refs: e.refs }, h, r)) hit.add(h);
    for (const h of r.entries)
      if (h.commits.length && !hit.has(h))
        console.log(
          'FN',
          h.section,
          h.text.slice(0, 90),
          '<=',
          h.commits.map((s) => t.get(s)?.title + ' [' + t.get(s)?.filesChanged + ' ' + c.omitted.find((o) => o.change === s)?.reason + ']'),
        );
    for (const e of c.entries)
      if (!r.entries.some((h) => isMatch({ shas: e.changes, refs: e.refs }, h, r)))
        console.log('FP', t.get(e.changes[0]!)!.filesChanged, t.get(e.changes[0]!)!.title.slice(0, 100));
  } else
    for (const e of c.entries)
      for (const h of r.entries)
        if (isMatch({ shas: e.changes, refs: e.refs }, h, r)) {
          if (mode === 'cat' && h.section !== e.section)
            console.log(h.section, '!=', e.section, '|', h.text.slice(0, 80), '<=', t.get(e.changes[0]!)!.title.slice(0, 100));
          if (mode === 'txt') console.log(rougeL(e.text, h.text).toFixed(2), h.text, '<=', e.text);
        }
}
