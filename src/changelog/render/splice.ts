import type { Composed } from '#src/changelog/compose-changelog.ts';
import { type RenderOptions, toMarkdownRelease } from './index.ts';

type Section = { heading: string; lines: string[] };

const RELEASE = /^## +(\S.*)$/;
const SECTION = /^### +(\S.*)$/;
const LINK = /^\[[^\]]+\]: \S/;

/**
 * A CHANGELOG.md with the release in its place: its own section if there is one, else above the newest release, below Unreleased. What people
 * wrote stays as it is; a line that is there already, in whatever words, is known by its references and not added again.
 */
export const spliceRelease = (composed: Composed, into: string, options: RenderOptions): string => {
  const end = into.includes('\r\n') ? '\r\n' : '\n';
  const { head, releases, links } = parse(into.replaceAll('\r\n', '\n'));
  const [fresh] = parse(toMarkdownRelease(composed, options)).releases as [Section];
  const name = nameOf(fresh.heading);
  const own = releases.find(({ heading }) => nameOf(heading) === name);
  if (own) own.lines = merge(own.lines, fresh.lines);
  else releases.splice(nameOf(releases[0]?.heading ?? '') === 'unreleased' ? 1 : 0, 0, fresh);
  const blocks = [head, ...releases.map(({ heading, lines }) => [heading, '', ...trimmed(lines)]), links].map(trimmed);
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`.replaceAll('\n', end);
};

/** The text before the first release, the releases, and the link definitions at the end. Headings in code blocks are none. */
const parse = (text: string): { head: string[]; releases: Section[]; links: string[] } => {
  const lines = text.split('\n');
  let last = lines.length;
  while (last > 0 && (lines[last - 1]?.trim() === '' || LINK.test(lines[last - 1] ?? ''))) last--;
  const head: string[] = [];
  const releases: Section[] = [];
  let fenced = false;
  for (const line of lines.slice(0, last)) {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    if (!fenced && RELEASE.test(line)) releases.push({ heading: line, lines: [] });
    else (releases.at(-1)?.lines ?? head).push(line);
  }
  return { head, releases, links: lines.slice(last).filter((line) => line.trim() !== '') };
};

/** '## [1.2.0] - 2026-01-31' and '## v1.2.0' are '1.2.0'. */
const nameOf = (heading: string): string =>
  (RELEASE.exec(heading)?.[1] ?? '')
    .replace(/^\[([^\]]+)\].*$/, '$1')
    .replace(/ +[-–(].*$/, '')
    .replace(/^v(?=\d)/, '')
    .trim()
    .toLowerCase();

const merge = (kept: readonly string[], fresh: readonly string[]): string[] => {
  const sections = toSections(kept);
  const text = kept.join('\n');
  for (const { heading, lines } of toSections(fresh)) {
    const news = lines.filter((line) => line.trim() !== '' && !isTold(line, text));
    if (news.length === 0) continue;
    const own = sections.find((section) => section.heading.toLowerCase() === heading.toLowerCase());
    if (own) own.lines = [...own.lines.slice(0, own.lines.findLastIndex((line) => line.trim() !== '') + 1), ...news, ''];
    else sections.push({ heading, lines: ['', ...news, ''] });
  }
  return sections.flatMap(({ heading, lines }) => (heading === '' ? lines : [heading, ...lines]));
};

const toSections = (lines: readonly string[]): Section[] => {
  const sections: Section[] = [{ heading: '', lines: [] }];
  for (const line of lines) {
    if (SECTION.test(line)) sections.push({ heading: line, lines: [] });
    else sections.at(-1)?.lines.push(line);
  }
  return sections;
};

const isTold = (line: string, text: string): boolean => {
  if (text.split('\n').includes(line)) return true;
  const refs =
    (/\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(line)?.[1] ?? '').match(/[\w./-]*[#!]\d+|\b[A-Z][A-Z0-9]{0,9}-\d+|\b[0-9a-f]{7,40}\b/g) ??
    [];
  return refs.length > 0 && refs.every((ref) => new RegExp(`(?<![\\w#!])${ref.replace(/[.#!/]/g, '\\$&')}(?!\\w)`).test(text));
};

const trimmed = (lines: readonly string[]): string[] => {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first < 0 ? [] : lines.slice(first, last + 1);
};
