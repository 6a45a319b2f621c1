/** The tag somebody most likely meant: the same version written otherwise ('1.2' for 'v1.2.0'), else the one written most alike; null for none. */
export const nearestTag = (name: string, tags: readonly string[]): string | null => {
  const version = versionOf(name);
  const same = version === null ? undefined : tags.find((tag) => versionOf(tag) === version);
  if (same !== undefined) return same;
  const [nearest] = tags
    .map((tag) => ({ tag, steps: distance(bare(name), bare(tag)) }))
    .filter(({ tag, steps }) => steps <= Math.max(1, Math.floor(bare(tag).length / 3)))
    .toSorted((a, b) => a.steps - b.steps);
  return nearest?.tag ?? null;
};

/** '1.2', 'v1.2.0' and 'release-1.2.0' are one. */
const versionOf = (name: string): string | null => {
  const [, numbers = '', early = ''] = /(?:^|[^\d.])v?(\d+(?:\.\d+)*)(-[\w.]+)?$/i.exec(name.trim()) ?? [];
  return numbers === '' ? null : `${numbers.replace(/(?:\.0+)+$/, '')}${early.toLowerCase()}`;
};

const bare = (name: string): string => name.toLowerCase().replace(/^v(?=\d)/, '');

const LONGEST = 100;

/** Levenshtein's. */
const distance = (a: string, b: string): number => {
  const [one, other] = [a.slice(0, LONGEST), b.slice(0, LONGEST)];
  let above = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (const [row, sign] of [...one].entries()) {
    const line = [row + 1];
    for (let i = 0; i < other.length; i++)
      line.push(Math.min((line[i] ?? 0) + 1, (above[i + 1] ?? 0) + 1, (above[i] ?? 0) + (other[i] === sign ? 0 : 1)));
    above = line;
  }
  return above.at(-1) ?? 0;
};
