import type { Audience, Change } from '#src/changelog/changes/types.ts';
import { bareGlob, globSource, matchesGlob } from './glob.ts';

/** What must not show: words, and globs of paths such as 'internal/**'. */
export type LeakGuard = {
  leaks(text: string): boolean;
  /** All of the paths are of a listed place. */
  isPrivate(paths: readonly string[]): boolean;
  /** All that the changes touch is known, and of a listed place. */
  hides(changes: readonly Touching[]): boolean;
  knowsPlaces: boolean;
};

type Touching = Pick<Change, 'paths' | 'filesChanged'>;

/** Hosts and addresses that are somebody's own: nobody outside can reach them, and what they are called is nobody's business. */
const ownHosts =
  /(?<![\w.-])(?:[a-z][a-z\d+.-]*:\/\/)?(?:[a-z\d-]+\.)+(?:internal|corp|local|lan|intranet|localdomain)(?![\w-])|(?<![\d.])(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})(?![\d./]\d)/i;

/** The same sentence, true and of no use to a stranger. */
export const withoutOwnHosts = (text: string): string =>
  text.replaceAll(new RegExp(`(?:${ownHosts.source})(?:[:/][^\\s,;)]*)?`, 'gi'), 'an internal address');

/** What may not show, by the list; to customers neither do hosts and addresses of one's own network. */
export const createLeakGuard = (list: readonly string[], audience?: Audience): LeakGuard => {
  const hidesHosts = audience === 'customers';
  const entries = list.map((entry) => entry.trim()).filter((entry) => entry !== '');
  const globs = entries.filter((entry) => /[/*]/.test(entry) && bareGlob(entry) !== '');
  const words = entries.filter((entry) => !/[/*]/.test(entry));
  // A folder by its name is a place as well as a word.
  const places = [...globs, ...words];
  const named = anyOf(words.flatMap(toWordPattern));
  const isPrivate = (touched: readonly string[]): boolean =>
    touched.length > 0 && touched.every((path) => places.some((place) => matchesGlob(path, place)));
  const placed = anyOf(globs.filter((glob) => /[\p{L}\p{N}]/u.test(glob)).map(toTextPattern));
  return {
    leaks(text) {
      if (hidesHosts && ownHosts.test(text)) return true;
      if (!named && !placed) return false;
      const read = readAs(text);
      return (named?.test(withBorders(read)) || placed?.test(read)) ?? false;
    },
    isPrivate,
    knowsPlaces: places.length > 0,
    hides: (changes) => places.length > 0 && changes.every(isWholeKnown) && isPrivate(changes.flatMap(({ paths }) => paths)),
  };
};

/** A list of files that was cut off says nothing of the rest. */
const isWholeKnown = ({ paths, filesChanged }: Touching): boolean => paths.length === 0 || (filesChanged ?? 0) <= paths.length;

const anyOf = (sources: readonly string[]): RegExp | null => (sources.length === 0 ? null : new RegExp(sources.join('|'), 'iu'));

/** As a reader sees it: without signs that do not show, letters that only look like Latin ones as those. */
const readAs = (text: string): string =>
  text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\u0370-\u04ff]/g, (letter) => lookalikes[letter] ?? letter);

// Cyrillic ones, then Greek ones.
const foreign =
  '\u0430\u0410\u0432\u0412\u0435\u0415\u043a\u041a\u043c\u041c\u043d\u041d\u043e\u041e\u0440\u0420\u0441\u0421\u0442\u0422\u0443\u0423\u0445\u0425\u0455\u0405\u0456\u0406\u0458\u0408\u03b1\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u03bd\u03bf\u039f\u03c1\u03a1\u03a4\u03a5\u03a7';
const latin = 'aAbBeEkKmMhHoOpPcCtTyYxXsSiIjJaABEZHIKMNvoOpPTYX';
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [...foreign].map((letter, place) => [letter, latin[place] ?? letter]),
);

const BORDER = '\0';

/** A name within a name begins with a capital: "GlobexClient" holds Globex. */
const withBorders = (text: string): string => text.replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, BORDER);

const escapePattern = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** A whole word: 'acme' is in "acme-corp" and "Acme's", not in "pacmen". 'Project Falcon' is "ProjectFalcon" and "project-falcon" too. */
const toWordPattern = (word: string): string[] => {
  const parts = withBorders(readAs(word))
    .split(/[\s_\0-]+/)
    .filter((part) => part !== '');
  if (parts.length === 0) return [];
  const written = parts.map(escapePattern).join(String.raw`[\s_\0-]*`);
  const within = parts.join('').length < SHORTEST_WITHIN ? [] : toWithin(written);
  return [String.raw`(?<![\p{L}\p{N}])${written}(?![\p{L}\p{N}])`, ...within];
};

/*
 * "globexclient" and "oldglobex" hold Globex, too, where no capital shows it. Short names are in many a word by chance, and what only bends or
 * derives a word ("internally" of 'internal') names nothing else.
 */
const SHORTEST_WITHIN = 5;
const before = '(?:anti|inter|multi|over|post|semi|super|trans|under)';
const after =
  '(?:able|ally|ation|ified|ifies|ise[ds]?|ishly|isation|ising|ities|ization|ize[ds]?|izing|less|like|ments?|ness|wards?|wise)(?!\\p{L})';

const toWithin = (written: string): string[] => [
  String.raw`(?<![\p{L}\p{N}])(?!${before}${written})\p{L}{3,}?${written}`,
  String.raw`(?<![\p{L}\p{N}])${written}(?!${after})\p{L}{4,}`,
];

/** In a sentence a glob is its fixed beginning and whatever follows: 'internal/**' is 'internal/' and 'internal/billing.ts'. */
const toTextPattern = (glob: string): string => {
  const source = globSource(glob, {
    '**/': String.raw`(?:\S*/)?`,
    '**': String.raw`\S*`,
    '*': String.raw`[^\s/]*`,
    '?': String.raw`[^\s/]`,
  });
  return String.raw`(?<![\p{L}\p{N}/])${source}${glob.endsWith('/') ? '/' : ''}`;
};
