/**
 * A release as `toMarkdown` writes it, put into a changelog that people keep. What is there stays byte for byte: it is only added to. A version
 * goes below "Unreleased" and above the older ones, its link above the other links; "Unreleased" is filled up with the lines it does not have
 * yet. A version that is already in there was edited by people: then nothing is changed.
 */
export const spliceMarkdown = (existing: string, release: string): string => {
  const ending = existing.includes('\r\n') ? '\r\n' : '\n';
  const { name, part, links } = readRelease(release);
  if (existing.trim() === '') return `# Changelog\n\n${release}`;
  const headings = findHeadings(existing);
  const same = headings.find((heading) => heading.name === name);
  if (same && name !== unreleased) return existing;
  const withPart = same ? fillUp(existing, same, part, ending) : insert(existing, headings, asNamedThere(part, existing, headings), ending);
  const compared = same ? [] : compareLink(existing, headings, name);
  return movedOn(addLinks(withPart, links.length > 0 ? links : compared, ending), compared[0]);
};

/** What stands under "Unreleased", its own heading and anchor left out: where it begins and ends; null where the file has no such part. */
export const findUnreleased = (text: string): { start: number; end: number } | null => {
  const open = findHeadings(text).find(({ name }) => name === unreleased);
  const heading = open && readHeadings(text).find(({ line }) => line === open.line);
  return open && heading ? { start: Math.min(heading.end, open.end), end: open.end } : null;
};

/** Headings of sections with nothing below them. */
export const withoutEmptySections = (part: string): string => {
  const titles = readHeadings(part);
  const isEmpty = ({ end, level, text }: Title, i: number): boolean => {
    const next = titles[i + 1];
    return section.test(text) && part.slice(end, next?.start).trim() === '' && (next === undefined || next.level <= level);
  };
  return titles.filter(isEmpty).reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end).replace(/^\r?\n/, ''), part);
};

const unreleased = 'unreleased';

/** Where a release begins (with the anchor above it) and ends; `level` is 2 for '##', and for what a line of '-' is drawn under. */
type Heading = { name: string; level: number; drawn: Drawn; start: number; line: number; end: number };
type Drawn = 'signs' | 'line';

/** 'unreleased', '1.2.0' for '[1.2.0] - 2026-01-01', 'v1.2.0 (…)' and 'my-package 1.2.0', '2026-01-01' or '14' for 'v14'; null for other words. */
const nameOf = (text: string): string | null => {
  if (/^\[?unreleased\]?(?![\w])/i.test(text)) return unreleased;
  const version = /(?:^|[\s@([/])v?(\d+(?:\.\d+)+(?:[-+.][\w.+-]*)?)(?!\w)/i.exec(text)?.[1];
  return (version ?? /\b\d{4}-\d{2}-\d{2}\b/.exec(text)?.[0] ?? /^\[?v(\d+)\b/i.exec(text)?.[1])?.toLowerCase() ?? null;
};

/** What is unreleased is compared with the newest version: from the tag on that `compared` leads to. */
const movedOn = (text: string, compared: string | undefined): string => {
  const [, , from, , tag] = compareLinkOf(compared);
  if (!from || !tag) return text;
  return text.replace(/^\s{0,3}\[unreleased\]:\s*\S+$/im, (link) => {
    const [, address = '', open = '', dots = '', head = ''] = compareLinkOf(link);
    return open === from ? link.replace(`${address}${open}${dots}${head}`, `${address}${tag}${dots}${head}`) : link;
  });
};

const compareLinkOf = (link: string | undefined): string[] =>
  /^\s*\[[^\]]+\]:\s*(\S+\/compare\/)(\S+?)(\.{3}|\.\.)(\S+)$/.exec(link?.trimEnd() ?? '') ?? [];

/** A version and its date, and no sentence that begins with a number. */
const isVersionAlone = (text: string): boolean =>
  /^(?:version\s+|release\s+)?\[?v?\d+(?:\.\d+)+(?:[-+.][\w.+-]+)?\]?(?:\([^)]*\))?\s*(?:[-–—(].*)?$/i.test(text);

const readRelease = (release: string): { name: string; part: string[]; links: string[] } => {
  const lines = release.replaceAll('\r\n', '\n').trim().split('\n');
  const links: string[] = [];
  while (lines.length > 0 && isLink(lines.at(-1) ?? '')) links.unshift(lines.pop() ?? '');
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop();
  return {
    name:
      nameOf((lines[0] ?? '').replace(/^#+\s*/, '')) ??
      (lines[0] ?? '')
        .replace(/^#+\s*/, '')
        .trim()
        .toLowerCase(),
    part: lines,
    links,
  };
};

const isLink = (line: string): boolean => /^\s{0,3}\[[^\]]+\]:\s*\S/.test(line);

/** Lines with the places they start and end at; what stands in code or comments has no headings and no links. */
const readLines = (text: string): { line: string; start: number; end: number; hidden: boolean }[] => {
  let fence: string | null = null;
  let comment = false;
  let start = 0;
  return text.split('\n').map((raw) => {
    const line = raw.replace(/\r$/, '');
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    const hidden = fence !== null || comment || mark !== null;
    if (!comment && mark !== null) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
    if (fence === null) comment = line.lastIndexOf('<!--') > line.lastIndexOf('-->') || (comment && !line.includes('-->'));
    const found = { line, start, end: start + raw.length, hidden };
    start += raw.length + 1;
    return found;
  });
};

/**
 * The first heading that names a release says at which level they are. From there on each of that level begins one, whatever it is called, and
 * so does a version by itself that is deeper, as some tools write small ones.
 */
const findHeadings = (text: string): Heading[] => {
  const all = readHeadings(text);
  const first = all.findIndex(({ text: words, level }) => level <= 3 && nameOf(words) !== null);
  const level = all[first]?.level ?? 2;
  const releases = all.slice(Math.max(0, first)).filter((one) => first >= 0 && (one.level <= level || isVersionAlone(one.text)));
  const bottom = findLinks(text)[0]?.start ?? text.length;
  return releases.map((one, i) => ({
    ...{ name: nameOf(one.text) ?? one.text.toLowerCase(), level: one.level, drawn: one.drawn, start: one.start, line: one.line },
    end: Math.max(one.start, Math.min(releases[i + 1]?.start ?? bottom, text.length)),
  }));
};

type Title = { text: string; level: number; drawn: Drawn; start: number; line: number; end: number };

/** '## 1.2.0', and '1.2.0' or 'Added' with a line drawn under it. An anchor of its own right above belongs to it. */
const readHeadings = (text: string): Title[] => {
  const lines = readLines(text);
  return lines.flatMap(({ line, start: at, end, hidden }, i): Title[] => {
    if (hidden) return [];
    const above = lines[i - 1];
    const start = above && !above.hidden && anchor.test(above.line) ? above.start : at;
    const [, signs, words] = /^(#{1,6})\s+(.+?)\s*#*\s*$/.exec(line) ?? [];
    if (signs && words) return [{ text: words, level: signs.length, drawn: 'signs', start, line: at, end }];
    const below = lines[i + 1];
    const under = /^(=+|-+)\s*$/.exec(below?.line ?? '')?.[1];
    const named = line.trim();
    if (under === undefined || !below || /^\s*[-*+>]/.test(line) || (nameOf(named) === null && !section.test(named))) return [];
    return [{ text: named, level: under.startsWith('=') ? 1 : 2, drawn: 'line', start, line: at, end: below.end }];
  });
};

const anchor = /^\s*<a\s+(?:name|id)=["'][^"']*["']\s*(?:\/>|>\s*<\/a>)\s*$/i;
const section = /^(?:added|changed|deprecated|removed|fixed|security|product|platform|people & policy|operations)$/i;

/** The definitions of links that close the file. */
const findLinks = (text: string): { line: string; start: number; end: number }[] => {
  const lines = readLines(text);
  let first = lines.length;
  for (let i = lines.length - 1; i >= 0; i--) {
    const { line, hidden } = lines[i] ?? { line: '', hidden: true };
    if (hidden || (line.trim() !== '' && !isLink(line))) break;
    if (line.trim() !== '') first = i;
  }
  return lines.slice(first).filter(({ line }) => line.trim() !== '');
};

const insert = (text: string, headings: readonly Heading[], part: readonly string[], ending: string): string => {
  const before = headings.find(({ name }) => name !== unreleased);
  const open = headings.find(({ name }) => name === unreleased);
  const place = before?.start ?? open?.end ?? findLinks(text)[0]?.start ?? text.length;
  const like = before ?? open;
  const drawn = drawnAs(part, like?.level ?? 2, like?.drawn ?? 'signs', lineUnderSections(text));
  return put(text, place, [...anchorLike(text, before, part[0] ?? ''), ...drawn].join(ending), ending);
};

/** Where the release before has an anchor of its version, so has the new one. */
const anchorLike = (text: string, before: Heading | undefined, heading: string): string[] => {
  if (!before || before.start === before.line) return [];
  const above = text.slice(before.start, before.line).trim();
  const name = nameOf(heading.replace(/^#+\s*/, ''));
  return name !== null && name !== unreleased && above.includes(before.name) ? [above.replace(before.name, () => name)] : [];
};

/** Named as the release before is (in brackets, with a v, its date in brackets), and its bullets as those of the file are. */
const asNamedThere = (part: readonly string[], text: string, headings: readonly Heading[]): string[] => {
  const before = headings.find(({ name }) => name !== unreleased);
  const [first = '', ...rest] = part;
  const bullets = asBulletsThere(rest, text);
  if (!before || headings.some(({ name }) => name === unreleased && first.toLowerCase().includes(name))) return [first, ...bullets];
  const [heading = ''] = text.slice(before.line, before.line + 120).split(/\r?\n/, 1);
  const [, bracket, v, dated] = /^(?:#+\s+)?(\[)?(v)?\d[^\s\]]*\]?(?:\([^)]*\))?\s*(\(\d{4})?/i.exec(heading) ?? [];
  const named = first
    .replace(/^(#+\s+\[?)(?=\d)/, v ? `$1${v}` : '$1')
    .replace(/^(#+\s+)([^\s[]+)/, bracket ? '$1[$2]' : '$1$2')
    .replace(/ - (\d{4}-\d\d-\d\d)$/, dated ? ' ($1)' : ' - $1');
  return [named, ...bullets];
};

const asBulletsThere = (lines: readonly string[], text: string): string[] => {
  const sign = /^([-*+]) \S/m.exec(text)?.[1] ?? '-';
  return lines.map((line) => line.replace(/^- /, `${sign} `));
};

/** Where the release before is compared with the one before it, or what is unreleased with it, by a link of the file's, so is the new one. */
const compareLink = (text: string, headings: readonly Heading[], name: string): string[] => {
  const before = headings.find((heading) => heading.name !== unreleased)?.name ?? '';
  const links = findLinks(text).map(({ line }) => line);
  const compared = (label: string) => compareLinkOf(links.find((line) => labelOf(line) === label));
  const [, address, , dots, tag] = compared(before);
  const [, openAddress, openTag, openDots] = compared(unreleased);
  if (before === '') return [];
  if (address && tag?.includes(before)) return [`[${name}]: ${address}${tag}${dots}${tag.replace(before, name)}`];
  return openAddress && openTag?.includes(before) ? [`[${name}]: ${openAddress}${openTag}${openDots}${openTag.replace(before, name)}`] : [];
};

/** Whether the file draws lines under its sections. */
const lineUnderSections = (text: string): Drawn =>
  readHeadings(text).some(({ text: words, drawn }) => drawn === 'line' && section.test(words)) ? 'line' : 'signs';

/** Headings as deep as those of the file, and drawn as they are. */
const drawnAs = (part: readonly string[], level: number, drawn: Drawn, sections: Drawn): string[] =>
  part.flatMap((line) => {
    const [, signs = '', words = ''] = /^(#{2,3}) (.*)$/.exec(line) ?? [];
    return signs === '' ? [line] : drawHeading(words, signs.length + level - 2, signs.length === 2 ? drawn : sections);
  });

const drawHeading = (words: string, level: number, drawn: Drawn): string[] =>
  drawn === 'line' && level <= 2 ? [words, (level === 1 ? '=' : '-').repeat(words.length)] : [`${'#'.repeat(level)} ${words}`];

/** A block between blank lines; the blank lines that are there are used. */
const put = (text: string, place: number, block: string, ending: string): string => {
  const [above, below] = [text.slice(0, place), text.slice(place)];
  const gapAbove = above.trim() === '' || /\n\r?\n$/.test(above) ? '' : above.endsWith('\n') ? ending : ending + ending;
  const gapBelow = below.trim() === '' ? (below.startsWith('\n') || below.startsWith('\r\n') ? '' : ending) : ending + ending;
  return above + gapAbove + block + gapBelow + below;
};

type Section = { title: string; lines: string[] };

const sectionsOf = (lines: readonly string[]): Section[] => {
  const sections: Section[] = [];
  for (const line of lines) {
    const title = /^###\s+(.+?)\s*$/.exec(line)?.[1];
    if (title !== undefined) sections.push({ title, lines: [] });
    else if (line.trim() !== '') sections.at(-1)?.lines.push(line);
  }
  return sections;
};

const fillUp = (existing: string, { name }: Heading, part: readonly string[], ending: string): string =>
  sectionsOf(part).reduce((text, { title, lines }) => {
    const heading = findHeadings(text).find((one) => one.name === name);
    if (!heading) return text;
    const inside = readLines(text).filter(({ start }) => start >= heading.start && start < heading.end);
    const known = new Set(inside.map(({ line }) => line.trim()));
    const fresh = asBulletsThere(lines, text).filter((line) => !known.has(line.trim()));
    if (fresh.length === 0) return text;
    const titles = readHeadings(text).filter((one) => one.line > heading.line && one.start < heading.end);
    const own = titles.find((one) => one.text.toLowerCase() === title.toLowerCase());
    const level = titles.find((one) => section.test(one.text))?.level ?? heading.level + 1;
    if (!own) return put(text, heading.end, [...drawHeading(title, level, lineUnderSections(text)), '', ...fresh].join(ending), ending);
    const end = titles.find((one) => one.line > own.line && one.level <= own.level)?.start ?? heading.end;
    const last = inside.findLast(({ line, start, hidden }) => start > own.end && start < end && (hidden || line.trim() !== ''));
    const place = last?.end ?? own.end;
    const above = text.slice(0, place);
    return `${above.replace(/\r$/, '')}${last ? ending : ending + ending}${fresh.join(ending)}${above.endsWith('\r') ? '\r' : ''}${text.slice(place)}`;
  }, existing);

const addLinks = (text: string, links: readonly string[], ending: string): string => {
  const there = findLinks(text);
  const labels = new Set(there.map(({ line }) => labelOf(line)));
  const fresh = links.filter((link) => !labels.has(labelOf(link)));
  if (fresh.length === 0) return text;
  const place = there.find(({ line }) => labelOf(line) !== unreleased);
  if (place) return `${text.slice(0, place.start)}${fresh.join(ending)}${ending}${text.slice(place.start)}`;
  const gap = text.endsWith('\n') ? (there.length > 0 ? '' : ending) : there.length > 0 ? ending : ending + ending;
  return `${text}${gap}${fresh.join(ending)}${ending}`;
};

const labelOf = (link: string): string => (/\[([^\]]+)\]/.exec(link)?.[1] ?? '').toLowerCase();
