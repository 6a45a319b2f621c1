/** What must not show: words, and globs of paths such as 'internal/**'. */
export type LeakGuard = {
  leaks(text: string): boolean;
  /** All of the paths are of a listed place. */
  isPrivate(paths: readonly string[]): boolean;
};

export const createLeakGuard = (list: readonly string[]): LeakGuard => {
  const entries = list.map((entry) => entry.trim()).filter((entry) => entry !== '');
  const globs = entries.filter((entry) => /[/*]/.test(entry));
  const words = entries.filter((entry) => !/[/*]/.test(entry));
  const paths = globs.map(toPathPattern);
  const inText = [
    ...words.map((word) => edged(escapePattern(word))),
    ...globs.filter((glob) => /[\p{L}\p{N}]/u.test(glob)).map(toTextPattern),
  ];
  const pattern = inText.length === 0 ? null : new RegExp(inText.join('|'), 'iu');
  return {
    leaks: (text) => pattern?.test(text.normalize('NFKC')) ?? false,
    isPrivate: (touched) => paths.length > 0 && touched.length > 0 && touched.every((path) => paths.some((glob) => glob.test(path))),
  };
};

const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** A whole word: 'acme' is in "acme-corp" and "Acme's", not in "pacmen". */
const edged = (source: string): string => String.raw`(?<![\p{L}\p{N}])${source}(?![\p{L}\p{N}])`;

const toPathPattern = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .split(/(\*\*\/?|\*)/)
      .map((part) => (part === '**/' ? '(?:.*/)?' : part === '**' ? '.*' : part === '*' ? '[^/]*' : escapePattern(part)))
      .join('')}$`,
    'iu',
  );

/** In a sentence a glob is its fixed beginning and whatever follows: 'internal/**' is 'internal/' and 'internal/billing.ts'. */
const toTextPattern = (glob: string): string =>
  String.raw`(?<![\p{L}\p{N}/])${glob
    .split(/(\*\*\/?|\*)/)
    .map((part) =>
      part === '**/' ? String.raw`(?:\S*/)?` : part === '**' ? String.raw`\S*` : part === '*' ? String.raw`[^\s/]*` : escapePattern(part),
    )
    .join('')}`;
