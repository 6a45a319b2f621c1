type Parents = ReadonlyMap<string, readonly string[]>;

// Each level walks the commits of the level above once more; branches of branches of branches end here.
const deepest = 6;

/**
 * What each merge brought in: the commits its other parents reach and its first does not. Walks along first parents, oldest merge first, then
 * the same inside of what a merge brought. `parents` holds the commits of the range only.
 */
export const findBrought = (tip: string, parents: Parents): Map<string, string[]> => {
  const brought = new Map<string, string[]>();
  let lines: { tip: string; within: ReadonlySet<string> | null }[] = [{ tip, within: null }];
  for (let depth = 0; depth < deepest && lines.length > 0; depth++) {
    const next: typeof lines = [];
    for (const line of lines)
      for (const [merge, commits] of followLine(line.tip, line.within, parents)) {
        if (commits.length === 0 || brought.has(merge)) continue;
        brought.set(merge, commits);
        const inside = new Set(commits);
        for (const parent of (parents.get(merge) ?? []).slice(1)) if (inside.has(parent)) next.push({ tip: parent, within: inside });
      }
    lines = next;
  }
  return brought;
};

const followLine = (tip: string, within: ReadonlySet<string> | null, parents: Parents): [merge: string, commits: string[]][] => {
  const has = (sha: string): boolean => parents.has(sha) && (within?.has(sha) ?? true);
  const line: string[] = [];
  for (let at: string | undefined = tip; at !== undefined && has(at); at = parents.get(at)?.[0]) line.push(at);
  const taken = new Set(line);
  return line
    .reverse()
    .filter((sha) => (parents.get(sha)?.length ?? 0) > 1)
    .map((merge) => [merge, take((parents.get(merge) ?? []).slice(1), has, taken, parents)]);
};

const take = (from: readonly string[], has: (sha: string) => boolean, taken: Set<string>, parents: Parents): string[] => {
  const found: string[] = [];
  const waiting = [...from];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    if (taken.has(sha) || !has(sha)) continue;
    taken.add(sha);
    found.push(sha);
    waiting.push(...(parents.get(sha) ?? []));
  }
  return found;
};
