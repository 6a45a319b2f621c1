import { sectionsOf } from './sections/classify.ts';
import type { Audience, Changelog, Entry } from './types.ts';

export type MarkdownOptions = {
  audience: Audience;
  /** 'Unreleased' where no version is given. */
  version?: string;
  /** 'YYYY-MM-DD'. */
  date?: string;
  /** Address of a reference such as '#12' or a sha; null leaves it without a link. */
  linkOf?: (ref: string, entry: Entry) => string | null;
  /** Address that compares this version with the one before; listed at the bottom. */
  compareUrl?: string;
};

/** One release in the form of keepachangelog.com: the heading, a part for each section that has entries, links at the bottom. */
export const toMarkdown = (changelog: Pick<Changelog, 'entries'>, options: MarkdownOptions): string => {
  const name = options.version ?? 'Unreleased';
  const heading = `## ${options.compareUrl === undefined ? escapeMarkdown(name) : `[${escapeMarkdown(name)}]`}${options.date === undefined ? '' : ` - ${options.date}`}`;
  const parts = sectionsOf(options.audience).flatMap((section) => {
    const entries = changelog.entries.filter((entry) => entry.section === section);
    return entries.length === 0 ? [] : [`### ${section}\n\n${entries.map((entry) => toLine(entry, options)).join('\n')}`];
  });
  const link = options.compareUrl === undefined ? [] : [`[${name}]: ${options.compareUrl}`];
  return `${[heading, ...parts, ...link].join('\n\n')}\n`;
};

const toLine = (entry: Entry, { linkOf }: MarkdownOptions): string => {
  const refs = entry.refs.map((ref) => {
    const address = linkOf?.(ref, entry) ?? null;
    return address === null ? escapeMarkdown(ref) : `[${escapeMarkdown(ref)}](${address.replaceAll(/[()\s<>]/g, encodeURIComponent)})`;
  });
  return `- ${entry.breaking ? '**Breaking:** ' : ''}${escapeMarkdown(entry.text)}${refs.length === 0 ? '' : ` (${refs.join(', ')})`}`;
};

/** Text that cannot format, link, mention or draw HTML; what stands in backticks stays code. */
export const escapeMarkdown = (text: string): string =>
  text
    .replaceAll(/\s+/g, ' ')
    .split(/(`[^`]+`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replaceAll(/[\\`*_[\]<>|~]/g, '\\$&').replaceAll(/&(?=#?\w+;)/g, '&amp;')))
    .join('')
    .replace(/^([#+-]|\d+[.)])(?=\s)/, '\\$1')
    .replaceAll(/(?<![\w`/])@(?=[A-Za-z])/g, '@\u200b');
