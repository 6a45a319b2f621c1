const patterns = new Map<string, RegExp>();

/** `*` stays within a folder, `**` does not; what names a file or folder names all that is in it. In any case of letters. */
export const matchesGlob = (path: string, glob: string): boolean => {
  const known = patterns.get(glob) ?? toPattern(glob);
  if (patterns.size > 1_000) patterns.clear();
  patterns.set(glob, known);
  return known.test(path);
};

/** Without what stands for "here": './internal/', '/internal' and 'internal' are one. */
export const bareGlob = (glob: string): string => glob.replace(/^\.?\//, '').replace(/\/$/, '');

/** `others` has a pattern for each wildcard. */
export const globSource = (glob: string, others: Readonly<Record<string, string>>): string =>
  bareGlob(glob)
    .split(/(\*\*\/?|\*|\?)/)
    .map((part) => others[part] ?? part.replaceAll(/[\\^$.|+()[\]{}]/g, '\\$&'))
    .join('');

const toPattern = (glob: string): RegExp => new RegExp(`^${globSource(glob, inPaths)}(?:/.*)?$`, 'i');

const inPaths = { '**/': '(?:.*/)?', '**': '.*', '*': '[^/]*', '?': '[^/]' };
