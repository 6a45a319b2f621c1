import type { Pattern } from './digest/types.ts';

/** The message of the first sample, without the head in front of it, cut between words. */
export const excerpt = ({ samples, template }: Pick<Pattern, 'template' | 'samples'>): string | null => {
  const [line = ''] = (samples[0]?.text ?? '').split('\n').filter((text) => text.trim().length >= 3);
  const opening = template.split(/<[a-z]+>|\n/)[0]?.trim() ?? '';
  const at = opening.length >= 4 ? line.indexOf(opening) : -1;
  const message = (at > 0 ? line.slice(at) : line).trim();
  return message.length >= 3 ? cut(message, 200) : null;
};

/** A template as a person would say it: variables become '…'. */
export const readable = ({ template, samples }: Pick<Pattern, 'template' | 'samples'>, limit = 110): string => {
  // '↳' is where the digest joined a following line.
  const [line = ''] = template.replace(/<[a-z]+>/g, '…').split(/\s*[\n↳]/);
  const words = cut(
    line
      .replace(/["“”`']/g, '')
      .replace(/(?:…[\s.,:;=/-]*){2,}/g, '… ')
      .replace(/\s+/g, ' ')
      .trim(),
    limit,
  );
  return words.length >= 3 && template !== '(no message)'
    ? words
    : (excerpt({ samples, template }) ?? '…').replace(/["“”`']/g, '').slice(0, limit);
};

/** Not in the middle of a word, so that what is left still stands in the log as it is. */
export const cut = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const space = text.lastIndexOf(' ', limit);
  return text.slice(0, space > limit / 2 ? space : limit).trimEnd();
};

export const lowerFirst = (text: string): string => (/^[A-Z](?:[a-z]| )/.test(text) ? text[0]?.toLowerCase() + text.slice(1) : text);
