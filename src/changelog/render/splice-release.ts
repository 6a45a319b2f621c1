import { findUnreleased, spliceMarkdown, withoutEmptySections } from '#src/changelog/changes/index.ts';

type Told = { refs: readonly string[] };

/**
 * A CHANGELOG.md with these entries in their place; `write` makes Markdown of them. What stands in its part "Unreleased" already, perhaps in
 * people's words, is known by its references and not told twice; a release takes it along, in those words. All else stays as it is.
 */
export const spliceEntries = <Entry extends Told>(
  into: string,
  entries: readonly Entry[],
  write: (entries: readonly Entry[]) => string,
  { isRelease }: { isRelease: boolean },
): string => {
  const unreleased = bulletsIn(unreleasedOf(into));
  const told = pair(entries, unreleased);
  const fresh = entries.filter((entry) => !unreleased.some((bullet) => tellsOf(bullet, entry)));
  if (told.size === 0 || !isRelease) return fresh.length === 0 ? into : spliceMarkdown(into, write(fresh));
  const plain = write(entries);
  const written = pair(entries, bulletsIn(plain));
  let release = plain;
  let rest = into;
  for (const [entry, bullet] of told) {
    const own = written.get(entry);
    if (own === undefined) continue;
    release = release.replace(own, () => bullet.replaceAll('\r\n', '\n'));
    rest = without(rest, bullet);
  }
  const spliced = spliceMarkdown(rest, release);
  // A version that is in there belongs to people, and so does what is unreleased then.
  return spliced === rest ? into : spliced;
};

const unreleasedOf = (text: string): string => {
  const part = findUnreleased(text);
  return part ? text.slice(part.start, part.end) : '';
};

/** Each with the lines it goes on in, and the end of the last. */
const bulletsIn = (text: string): string[] => text.match(/^[-*+] .*(?:\r?\n|$)(?:[ \t]+\S.*(?:\r?\n|$))*/gm) ?? [];

const tellsOf = (bullet: string, { refs }: Told): boolean => refs.length > 0 && refs.every((ref) => namesRef(bullet, ref));

/** The bullet of each entry that has one: that which names the least beside the entry's own references, and each for one entry only. */
const pair = <Entry extends Told>(entries: readonly Entry[], bullets: readonly string[]): Map<Entry, string> => {
  const all = [...new Set(entries.flatMap(({ refs }) => refs))];
  const names = (bullet: string): number => all.filter((ref) => namesRef(bullet, ref)).length;
  const free = new Set(bullets);
  const paired = new Map<Entry, string>();
  // Who has the most references has the fewest bullets to choose from.
  for (const entry of entries.toSorted((a, b) => b.refs.length - a.refs.length)) {
    const [own] = [...free].filter((bullet) => tellsOf(bullet, entry)).toSorted((a, b) => names(a) - names(b));
    if (own === undefined) continue;
    free.delete(own);
    paired.set(entry, own);
  }
  return paired;
};

const namesRef = (text: string, ref: string): boolean => {
  for (let at = text.indexOf(ref); at >= 0; at = text.indexOf(ref, at + 1))
    if (!/[\w#!]/.test(text[at - 1] ?? '') && !/\w/.test(text[at + ref.length] ?? '')) return true;
  return false;
};

/** Takes a bullet out of "Unreleased", and its heading when nothing else stands below it. */
const without = (text: string, bullet: string): string => {
  const part = findUnreleased(text);
  if (!part) return text;
  const left = withoutEmptySections(text.slice(part.start, part.end).replace(bullet, '')).replace(/(\r?\n)(?:\r?\n){2,}/g, '$1$1');
  return text.slice(0, part.start) + left + text.slice(part.end);
};
