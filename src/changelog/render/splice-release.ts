import { spliceMarkdown } from '#src/changelog/changes/index.ts';

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
  const told = new Map<Entry, string>();
  for (const entry of entries) {
    const bullet = bulletOf(bulletsIn(unreleasedOf(into)), entry);
    if (bullet !== undefined) told.set(entry, bullet);
  }
  const fresh = entries.filter((entry) => !told.has(entry));
  if (told.size === 0 || !isRelease) return fresh.length === 0 ? into : spliceMarkdown(into, write(fresh));
  let release = write(entries);
  let rest = into;
  for (const [entry, bullet] of told) {
    const written = bulletOf(bulletsIn(release), entry);
    if (written !== undefined) release = release.replace(written, () => bullet.replaceAll('\r\n', '\n'));
    rest = without(rest, bullet);
  }
  const spliced = spliceMarkdown(rest, release);
  // A version that is in there belongs to people, and so does what is unreleased then.
  return spliced === rest ? into : spliced;
};

const PART = /^##\s+\[?unreleased\]?.*$([\s\S]*?)(?=^##\s|(?![\s\S]))/im;

const unreleasedOf = (text: string): string => PART.exec(text)?.[1] ?? '';

/** Each with the lines it goes on in, and the end of the last. */
const bulletsIn = (text: string): string[] => text.match(/^[-*+] .*(?:\r?\n|$)(?:[ \t]+\S.*(?:\r?\n|$))*/gm) ?? [];

const bulletOf = (bullets: readonly string[], { refs }: Told): string | undefined =>
  refs.length === 0 ? undefined : bullets.find((bullet) => refs.every((ref) => namesRef(bullet, ref)));

const namesRef = (text: string, ref: string): boolean => {
  for (let at = text.indexOf(ref); at >= 0; at = text.indexOf(ref, at + 1))
    if (!/[\w#!]/.test(text[at - 1] ?? '') && !/\w/.test(text[at + ref.length] ?? '')) return true;
  return false;
};

/** Takes a bullet out of "Unreleased", and its heading when nothing else stands below it. */
const without = (text: string, bullet: string): string =>
  text.replace(PART, (part) =>
    part
      .replace(bullet, '')
      .replace(/^###[^\n]*\n\s*(?=^###|^##|^\[[^\]\n]+\]:|(?![\s\S]))/gm, '')
      .replace(/(\r?\n)(?:\r?\n){2,}/g, '$1$1'),
  );
