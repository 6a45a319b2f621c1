/** The tag somebody most likely meant: the same version written otherwise ('1.2' for 'v1.2.0'), else the one that begins most alike; null for none. */
export const nearestTag = (name: string, tags: readonly string[]): string | null => {
  const version = versionOf(name);
  const same = version === null ? undefined : tags.find((tag) => versionOf(tag) === version);
  if (same !== undefined) return same;
  const [nearest] = tags
    .map((tag) => ({ tag, shared: sharedStart(bare(name), bare(tag)), length: bare(tag).length }))
    .filter(({ shared, length }) => shared * 3 >= Math.max(length, bare(name).length) * 2)
    .toSorted((a, b) => b.shared - a.shared || a.length - b.length);
  return nearest?.tag ?? null;
};

/** '1.2', 'v1.2.0' and 'release-1.2.0' are one. */
const versionOf = (name: string): string | null => {
  const [, numbers = '', early = ''] = /(?:^|[^\d.])v?(\d+(?:\.\d+)*)(-[\w.]+)?$/i.exec(name.trim()) ?? [];
  return numbers === '' ? null : `${numbers.replace(/(?:\.0+)+$/, '')}${early.toLowerCase()}`;
};

const bare = (name: string): string => name.toLowerCase().replace(/^v(?=\d)/, '');

const sharedStart = (one: string, other: string): number => {
  let shared = 0;
  while (shared < one.length && one[shared] === other[shared]) shared++;
  return shared;
};
