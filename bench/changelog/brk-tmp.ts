import { readRepositories } from '#bench/changelog/repositories.ts';
import { composeChangelog, parseChange } from '#src/changelog/changes/index.ts';

for (const r of await readRepositories('/work/shared/data/changes')) {
  const c = composeChangelog(r.changes, { audience: 'engineers', leakList: [] });
  for (const ch of r.changes)
    if (/^[\w-]+(?:\([^)]*\))?!:|^\[breaking\]/i.test(ch.title) || /^BREAKING[ -]CHANGES?\s*:/m.test(ch.body)) {
      const e = c.entries.find((e) => e.changes.includes(ch.id));
      if (!e?.breaking)
        console.log(
          r.version,
          ch.title,
          '|',
          JSON.stringify(ch.body.slice(0, 200)),
          c.omitted.find((o) => o.change === ch.id),
          parseChange(ch).breaking,
        );
    }
  for (const e of r.entries)
    if (e.section === 'Breaking' && e.commits.length)
      console.log(
        r.version,
        'BREAKING',
        e.text,
        e.commits.map((s) => r.changes.find((c) => c.sha === s)?.title),
      );
}
